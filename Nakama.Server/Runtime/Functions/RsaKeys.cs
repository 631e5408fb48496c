using System.Security.Cryptography;

namespace Nakama.Server.Runtime.Functions;

/// <summary>The two encodings of private RSA keys.</summary>
internal enum RsaKeyFormat
{
    Pkcs1,
    Pkcs8,
}

/// <summary>Reads private keys that modules pass.</summary>
internal static class RsaKeys
{
    /// <summary>Reads the first key of a PEM text, whatever its label says.</summary>
    /// <exception cref="FunctionException">There is none, or it has another encoding.</exception>
    public static RSA Read(string pem, RsaKeyFormat form)
    {
        if (!PemEncoding.TryFind(pem, out var fields)) throw new FunctionException("could not parse private key: no valid blocks found");
        var bytes = Convert.FromBase64String(pem[fields.Base64Data]);
        var rsa = RSA.Create();
        if (TryImport(rsa, bytes, form)) return rsa;

        var other = form == RsaKeyFormat.Pkcs1 ? RsaKeyFormat.Pkcs8 : RsaKeyFormat.Pkcs1;
        var hint = TryImport(rsa, bytes, other) ? $" (use Parse{other.ToString().ToUpperInvariant()}PrivateKey instead for this key format)" : "";
        rsa.Dispose();
        var prefix = form == RsaKeyFormat.Pkcs1 ? "error parsing key" : "could not parse private key";
        throw new FunctionException($"{prefix}: x509: failed to parse private key{hint}");
    }

    private static bool TryImport(RSA rsa, byte[] bytes, RsaKeyFormat form)
    {
        try
        {
            if (form == RsaKeyFormat.Pkcs1) rsa.ImportRSAPrivateKey(bytes, out _);
            else rsa.ImportPkcs8PrivateKey(bytes, out _);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
