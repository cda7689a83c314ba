using System.Text.Json;

namespace OpsMap.Simulator.Wire;

/// <summary>Somebody who signs in. <c>Cookie</c>: null while not signed in; <c>RefusedAt</c>: when the server last refused the password.</summary>
sealed class Person(AccountPerson account)
{
    public string Role => account.Role;
    public Credentials Credentials { get; } = new(account.User, account.Password);
    public string? Cookie { get; set; }
    public DateTimeOffset? RefusedAt { get; set; }
    public SemaphoreSlim SigningIn { get; } = new(1);
}

/// <summary>The accounts file, read again when the server refuses what stands in it. A missing or half-written file is an empty one.</summary>
sealed class Accounts(string path)
{
    IReadOnlyList<Person> people = [];
    IReadOnlyDictionary<string, string> keys = new Dictionary<string, string>();

    public IReadOnlyList<Person> People => people;
    public IEnumerable<string> Feeds => keys.Keys.Order(StringComparer.Ordinal);
    public string? KeyOf(string feed) => keys.GetValueOrDefault(feed);
    public Person? FirstOf(string role) => people.FirstOrDefault(person => person.Role == role);

    public void Read()
    {
        AccountList? list;
        try
        {
            list = JsonSerializer.Deserialize(File.ReadAllBytes(path), Messages.Default.AccountList);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return;
        }
        var known = people.ToDictionary(person => person.Credentials);
        people = [.. (list?.People ?? []).DistinctBy(account => account.User).Select(account => known.GetValueOrDefault(new(account.User, account.Password)) ?? new Person(account))];
        keys = (list?.Feeds ?? []).GroupBy(feed => feed.Feed).ToDictionary(same => same.Key, same => same.Last().Key);
    }
}
