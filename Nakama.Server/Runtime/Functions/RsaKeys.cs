using System.Security.Cryptography;

namespace Nakama.Server.Runtime.Functions;

/// <summary>The two forms in which private RSA keys come.</summary>
internal enum RsaKeyForm
{
    Pkcs1,
    Pkcs8,
}

/// <summary>Reads private keys that modules bring along.</summary>
internal static class RsaKeys
{
    /// <summary>Reads the first key of a PEM text, whatever its label says.</summary>
    /// <exception cref="FunctionFault">There is none, or it has another form.</exception>
    public static RSA Read(string pem, RsaKeyForm form)
    {
        if (!PemEncoding.TryFind(pem, out var fields)) throw new FunctionFault("could not parse private key: no valid blocks found");
        var bytes = Convert.FromBase64String(pem[fields.Base64Data]);
        var rsa = RSA.Create();
        if (TryImport(rsa, bytes, form)) return rsa;

        var other = form == RsaKeyForm.Pkcs1 ? RsaKeyForm.Pkcs8 : RsaKeyForm.Pkcs1;
        var hint = TryImport(rsa, bytes, other) ? $" (use Parse{other.ToString().ToUpperInvariant()}PrivateKey instead for this key format)" : "";
        rsa.Dispose();
        var prefix = form == RsaKeyForm.Pkcs1 ? "error parsing key" : "could not parse private key";
        throw new FunctionFault($"{prefix}: x509: failed to parse private key{hint}");
    }

    private static bool TryImport(RSA rsa, byte[] bytes, RsaKeyForm form)
    {
        try
        {
            if (form == RsaKeyForm.Pkcs1) rsa.ImportRSAPrivateKey(bytes, out _);
            else rsa.ImportPkcs8PrivateKey(bytes, out _);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
