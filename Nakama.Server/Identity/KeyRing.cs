using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Nakama.Server.Security;

namespace Nakama.Server.Identity;

/// <summary>Reads the keys in a response. Throws the exceptions of its parsers when the response is malformed.</summary>
internal delegate KeyRing KeyReader(ReadOnlyMemory<byte> json, DateTimeOffset now);

/// <summary>The keys that a provider has published, by their ids, and until when they may be used without a new fetch.</summary>
internal sealed record KeyRing(FrozenDictionary<string, SigningKey> Keys, DateTimeOffset FreshUntil)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromMinutes(1);

    /// <summary>How long before a certificate expires its successor is fetched.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    public static KeyRing Empty { get; } = new(FrozenDictionary<string, SigningKey>.Empty, DateTimeOffset.MinValue);

    /// <summary>Reads a JSON Web Key Set; keys for other algorithms than RS256 are left out.</summary>
    public static KeyRing ReadKeySet(ReadOnlyMemory<byte> json, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(json);
        var keys = new Dictionary<string, SigningKey>();
        foreach (var key in document.RootElement.GetProperty("keys"u8).EnumerateArray())
        {
            if (key.Text("kty") != "RSA" || key.Text("alg") is not ("" or "RS256") || key.Text("use") is not ("" or "sig")) continue;
            var parameters = new RSAParameters { Modulus = Decode(key.Text("n")), Exponent = Decode(key.Text("e")) };
            Add(keys, key.Text("kid"), new SigningKey(parameters, DateTimeOffset.MaxValue));
        }

        return Make(keys, now + Lifetime);
    }

    /// <summary>Reads an object with key ids as names and X.509 certificates in PEM as values.</summary>
    public static KeyRing ReadCertificates(ReadOnlyMemory<byte> json, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(json);
        var keys = new Dictionary<string, SigningKey>();
        var freshUntil = now + Lifetime;
        foreach (var named in document.RootElement.EnumerateObject())
        {
            using var certificate = X509Certificate2.CreateFromPem(named.Value.GetString());
            using var rsa = certificate.GetRSAPublicKey();
            var notAfter = new DateTimeOffset(certificate.NotAfter);
            if (rsa is null || notAfter <= now) continue;
            Add(keys, named.Name, new SigningKey(rsa.ExportParameters(includePrivateParameters: false), notAfter));
            if (notAfter - Ahead < freshUntil) freshUntil = notAfter - Ahead;
        }

        var earliest = now + ShortestLifetime;
        return Make(keys, freshUntil < earliest ? earliest : freshUntil);
    }

    private static void Add(Dictionary<string, SigningKey> keys, string id, SigningKey key)
    {
        if (id.Length > 0 && key.IsStrong) keys[id] = key;
    }

    private static KeyRing Make(Dictionary<string, SigningKey> keys, DateTimeOffset freshUntil) =>
        keys.Count > 0 ? new KeyRing(keys.ToFrozenDictionary(), freshUntil) : throw new FormatException("no usable key");

    private static byte[] Decode(string base64Url) => System.Buffers.Text.Base64Url.DecodeFromChars(base64Url);
}
