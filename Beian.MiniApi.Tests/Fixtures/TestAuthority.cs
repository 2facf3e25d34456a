using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>A certificate authority that lives as long as a test, and the certificates it gives to servers.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root = Root();

    /// <summary>What a program has to trust.</summary>
    public string Pem => _root.ExportCertificatePem();

    /// <summary>A certificate that nobody trusts.</summary>
    public static X509Certificate2 SelfSigned(string name)
    {
        using var key = RSA.Create(2048);
        return Request(name, key).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>A certificate for a server.</summary>
    /// <param name="name">A host name or a literal address, and the only one it is good for.</param>
    public X509Certificate2 Issue(string name)
    {
        using var key = RSA.Create(2048);
        var request = Request(name, key);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        using var bare = request.Create(_root, _root.NotBefore, _root.NotAfter, RandomNumberGenerator.GetBytes(16));
        return bare.CopyWithPrivateKey(key);
    }

    public void Dispose() => _root.Dispose();

    private static X509Certificate2 Root()
    {
        using var key = RSA.Create(2048);
        var request = Request("Made-up authority", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static CertificateRequest Request(string name, RSA key) => new("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
