using Microsoft.AspNetCore.Identity;

namespace OpsMap.People;

/// <summary>Hashes and checks passwords with the framework's hasher; as many at once as there are processors, so that a flood of sign-ins does not stop the map.</summary>
sealed class Passwords : IDisposable
{
    public const int MaxLength = 256;
    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly object Anybody = new();
    private static readonly Lazy<string> Nobodys = new(() => Hash(Secrets.NewPassword()));
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);

    public static string Hash(string password) => Hasher.HashPassword(Anybody, password);

    /// <summary>Whether the password fits; a null hash costs the same time and never does.</summary>
    public static bool Fits(string? hash, string password) =>
        password.Length is > 0 and <= MaxLength && Hasher.VerifyHashedPassword(Anybody, hash ?? Nobodys.Value, password) != PasswordVerificationResult.Failed && hash is not null;

    /// <summary>Waits for a turn to check one, which ends when it is disposed; null when too many others are waiting.</summary>
    public async Task<IDisposable?> TurnAsync(CancellationToken ct) => await _turns.WaitAsync(TimeSpan.FromSeconds(10), ct) ? new Turn(_turns) : null;

    public void Dispose() => _turns.Dispose();

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
