using Microsoft.AspNetCore.Identity;

namespace OpsMap.People;

/// <summary>Hashes and checks passwords with the framework's hasher; as many at once as there are processors, so that a flood of sign-ins does not stop the map.</summary>
sealed class Passwords : IDisposable
{
    public const int MaxLength = 256;
    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly object Anybody = new();
    private static readonly Lazy<string> Nobodys = new(() => Hash(Secrets.NewPassword()));
    private readonly SemaphoreSlim _gate = new(Environment.ProcessorCount);

    public static string Hash(string password) => Hasher.HashPassword(Anybody, password);

    /// <summary>Whether the password fits; a null hash costs the same time and never does. Null when too many others are waiting.</summary>
    public async Task<bool?> FitsAsync(string? hash, string password, CancellationToken ct)
    {
        if (password.Length is 0 or > MaxLength) return false;
        if (!await _gate.WaitAsync(TimeSpan.FromSeconds(10), ct)) return null;
        try
        {
            return Hasher.VerifyHashedPassword(Anybody, hash ?? Nobodys.Value, password) != PasswordVerificationResult.Failed && hash is not null;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
