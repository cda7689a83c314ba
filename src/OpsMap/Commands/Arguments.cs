using System.Net;

namespace OpsMap.Commands;

/// <summary>A command line that cannot be understood; the message quotes the wrong word, and the command ends with 2.</summary>
sealed class UsageException(string message) : Exception(message);

/// <summary>The words of one command, taken off one by one: options by name (<c>--name value</c> or <c>--name=value</c>), then what stands free.</summary>
sealed class Arguments
{
    private readonly List<string> _words;

    public Arguments(IEnumerable<string> words) => _words = [.. words.SelectMany(Split)];

    private static string[] Split(string word) =>
        word.StartsWith("--", StringComparison.Ordinal) && word.IndexOf('=') is > 2 and var at ? [word[..at], word[(at + 1)..]] : [word];

    /// <summary>Whether the flag was given.</summary>
    public bool Flag(string name)
    {
        if (!_words.Remove(name)) return false;
        return _words.Contains(name) ? throw Twice(name) : true;
    }

    /// <summary>The option's value; null when it was not given.</summary>
    public string? Option(string name)
    {
        var at = _words.IndexOf(name);
        if (at < 0) return null;
        if (at + 1 == _words.Count || _words[at + 1].StartsWith("--", StringComparison.Ordinal)) throw new UsageException($"'{name}' wants a value");
        var value = _words[at + 1];
        _words.RemoveRange(at, 2);
        return _words.Contains(name) ? throw Twice(name) : value;
    }

    /// <summary>The option's value; wrong usage when it was not given.</summary>
    public string Needed(string name) => Option(name) ?? throw new UsageException($"'{name}' is missing");

    /// <summary>The option's value, one of those listed.</summary>
    public string OneOf(string name, string otherwise, params string[] allowed)
    {
        var value = Option(name) ?? otherwise;
        return allowed.Contains(value) ? value : throw new UsageException($"'{name}' is one of {string.Join(", ", allowed)}, not '{value}'");
    }

    public int Port(string name, int otherwise) => Option(name) switch
    {
        null => otherwise,
        var text => ushort.TryParse(text, System.Globalization.NumberStyles.None, null, out var port) ? port : throw new UsageException($"'{name}' wants a number from 0 to 65535, not '{text}'"),
    };

    public IPAddress Address(string name, IPAddress otherwise) => Option(name) switch
    {
        null => otherwise,
        "localhost" => IPAddress.Loopback,
        "*" => IPAddress.Any,
        var text => IPAddress.TryParse(text.Trim('[', ']'), out var address) ? address : throw new UsageException($"'{name}' wants an address such as 127.0.0.1 or 0.0.0.0, not '{text}'"),
    };

    /// <summary>`--tls self`, or `--tls CERT KEY`; null when not given.</summary>
    public (string Certificate, string? Key)? Tls()
    {
        var at = _words.IndexOf("--tls");
        if (Option("--tls") is not { } first) return null;
        if (first == "self") return ("self", null);
        if (at >= _words.Count || _words[at].StartsWith("--", StringComparison.Ordinal)) throw new UsageException($"'--tls' wants 'self' or two files, the certificate and its key; after '{first}' the key is missing");
        var key = _words[at];
        _words.RemoveAt(at);
        return (first, key);
    }

    /// <summary>The next free word; wrong usage when there is none.</summary>
    public string Word(string what)
    {
        if (_words is not [var first, ..] || first.StartsWith("--", StringComparison.Ordinal)) throw new UsageException($"{what} is missing");
        _words.RemoveAt(0);
        return first;
    }

    /// <summary>Nothing may be left over.</summary>
    public void End()
    {
        if (_words is [var first, ..]) throw new UsageException(first.StartsWith("--", StringComparison.Ordinal) ? $"'{first}' is no option here" : $"'{first}' is one word too many");
    }

    private static UsageException Twice(string name) => new($"'{name}' is given twice");
}
