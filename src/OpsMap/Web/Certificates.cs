using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OpsMap.Data;

namespace OpsMap.Web;

/// <summary>The certificate of https: files given, or one of our own making that is kept in the data folder.</summary>
static class Certificates
{
    private const string Private = "tls/key.pem", Public = "tls/cert.pem";

    /// <exception cref="RefusedException">The files are no certificate with its key.</exception>
    public static X509Certificate2 Of((string Certificate, string? Key) files, DataFolder data)
    {
        var (certificate, key) = files.Key is { } given ? (files.Certificate, given) : Own(data);
        foreach (var file in new[] { certificate, key })
            if (!File.Exists(file)) throw new RefusedException($"--tls: there is no file '{file}'");
        try
        {
            // Written out and read back, because an ephemeral key is not taken everywhere.
            using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"--tls: '{certificate}' and '{key}' are no certificate and its key in PEM form: {e.Message}");
        }
    }

    private static (string Certificate, string Key) Own(DataFolder data)
    {
        if (!File.Exists(data.In(Public)) || !File.Exists(data.In(Private))) Make(data);
        return (data.In(Public), data.In(Private));
    }

    private static void Make(DataFolder data)
    {
        Directory.CreateDirectory(data.In("tls"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=OpsMap", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in new[] { "localhost", Dns.GetHostName() }.Distinct()) names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(5));
        data.Write(Private, key.ExportPkcs8PrivateKeyPem());
        data.Write(Public, certificate.ExportCertificatePem());
    }
}
