using System.Text.Json;
using OpsMap.Web;

namespace OpsMap.Data;

/// <summary>The folder of <c>--data</c>, held by one command at a time through a lock that ends with its process.</summary>
sealed class DataFolder : IDisposable
{
    private const int WouldBlock = 11; // EAGAIN: somebody else has the lock
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    /// <summary>The secrets of the accounts and feeds made at seeding; readable by the owner only.</summary>
    public string Accounts => In("accounts.json");

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Takes the folder, made where missing; null when somebody else has it.</summary>
    /// <exception cref="RefusedException">It cannot be used at all.</exception>
    public static DataFolder? TryHold(string folder)
    {
        var path = System.IO.Path.GetFullPath(folder);
        try
        {
            if (!Directory.Exists(path)) Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new DataFolder(path, new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"the data folder {path} cannot be used: {e.Message}");
        }
    }

    /// <summary>Tells others who holds the folder.</summary>
    public void Announce(Holder holder) => Write("holder.json", JsonSerializer.Serialize(holder, Json.Options));

    /// <summary>Who says to hold the folder; null when nobody does. True only while its lock is taken.</summary>
    public static Holder? HolderOf(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<Holder>(File.ReadAllText(System.IO.Path.Combine(folder, "holder.json")), Json.Options);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a file that only the owner may read, whole or not at all.</summary>
    public void Write(string name, string text)
    {
        var (path, fresh) = (In(name), In(name + ".new"));
        File.Delete(fresh);
        using (var stream = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(text);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }
        File.Move(fresh, path, overwrite: true);
    }

    public void Dispose()
    {
        File.Delete(In("holder.json"));
        _lock.Dispose();
    }
}

/// <summary>Who works on a data folder.</summary>
/// <param name="Url">Where it serves, or is about to; null for a command that does not.</param>
/// <param name="Ready">Whether it serves already.</param>
sealed record Holder(int Pid, string Command, string? Url, bool Ready);
