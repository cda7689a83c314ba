using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OpsMap.People;

/// <summary>Secrets that OpsMap makes itself: 32 random bytes as text, of which only a SHA-256 is kept.</summary>
/// <remarks>A fast hash is enough for them, because nobody can guess 256 random bits; passwords go through <see cref="Passwords"/>.</remarks>
static class Secrets
{
    // Without 0 o 1 l i u, which are mistaken for one another on paper and on the telephone.
    private const string Readable = "23456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The start that tells what a secret is for, as a leaked one should be recognised on sight.</summary>
    public const string TokenPrefix = "omt_", KeyPrefix = "omk_";

    /// <summary>A new secret; 43 characters after the prefix.</summary>
    public static string New(string prefix = "") => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is kept of a secret and looked up by.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>The first characters, to tell one from another in a list.</summary>
    public static string Shown(string secret) => secret[..8];

    /// <summary>A password that can be read aloud: four groups of four, 78 bits.</summary>
    public static string NewPassword() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Readable, 4)));
}
