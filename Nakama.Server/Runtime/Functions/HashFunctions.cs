using System.Security.Cryptography;
using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Digests, signatures and passwords.</summary>
internal sealed class HashFunctions(PasswordHasher passwords) : IFunctionModule
{
    private const int MinBcryptLength = 59;
    private const int MinCost = 4;
    private const int MaxCost = 31;

    public string Name => "Hashes";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("md5_hash", "The MD5 digest as hexadecimal digits.")
            .Bytes("input", new("expects input string", "")).Returns("digest").Does(Md5);
        functions.Function("sha256_hash", "The SHA-256 digest as hexadecimal digits.")
            .Bytes("input", new("expects input string", ""))
            .Returns("digest").Does(static call => ScriptValue.Of(Convert.ToHexStringLower(SHA256.HashData(call.Bytes(0)))));
        functions.Function("hmac_sha256_hash", "The 32 bytes of an HMAC with SHA-256.")
            .Bytes("input", new("expects input string", "")).Bytes("key", new("expects key string", "key cannot be empty"))
            .Returns("bytes").Does(static call => ScriptValue.Of(HMACSHA256.HashData(call.Bytes(1), call.Bytes(0))));
        functions.Function("rsa_sha256_hash", "The PKCS #1 v1.5 signature with a PKCS #1 private key in PEM.")
            .Bytes("input", new("expects input string", "")).Text("key", "expects key string")
            .Returns("bytes").Does(Sign);
        functions.Function("bcrypt_hash", "The bcrypt hash of at most 72 bytes, with cost 13.")
            .Bytes("input", new("expects string", "")).Returns("hash").Does(HashAsync);
        functions.Function("bcrypt_compare", "Whether a text makes a bcrypt hash.")
            .Bytes("hash", new("expects string", "hash cannot be empty")).Bytes("plaintext", new("expects string", "plaintext cannot be empty")).Returns("is_equal").Does(CompareAsync);
    }

    private static ScriptValue Md5(FunctionCall call)
    {
        // Games need it for compatibility with existing hashes.
#pragma warning disable CA5351
        return ScriptValue.Of(Convert.ToHexStringLower(MD5.HashData(call.Bytes(0))));
#pragma warning restore CA5351
    }

    private static ScriptValue Sign(FunctionCall call)
    {
        using var rsa = RsaKeys.Read(call.Text(1), RsaKeyFormat.Pkcs1);
        return ScriptValue.Of(rsa.SignData(call.Bytes(0), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private async ValueTask<ScriptValue> HashAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var input = call.Bytes(0);
        var hash = await passwords.HashAsync(input, PasswordCaller.Node, cancellationToken)
            ?? throw new FunctionException(input.Length > Bcrypt.MaxPasswordBytes
                ? "error hashing input: bcrypt: password length exceeds 72 bytes"
                : "error hashing input: bcrypt: password is not valid UTF-8");
        return ScriptValue.TextOf(hash);
    }

    private async ValueTask<ScriptValue> CompareAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var hash = call.Bytes(0);
        if (hash.Length < MinBcryptLength) return ScriptValue.Of(false);
        if (FaultOf(hash) is { } fault) throw new FunctionException($"error comparing hash and plaintext: crypto/bcrypt: {fault}");
        return ScriptValue.Of(await passwords.VerifyAsync(call.Bytes(1), hash, PasswordCaller.Node, cancellationToken));
    }

    private static string? FaultOf(ReadOnlySpan<byte> hash)
    {
        if (hash[0] != '$') return $"bcrypt hashes must start with '$', but hashedSecret started with '{(char)hash[0]}'";
        if (hash[1] > '2') return $"bcrypt algorithm version '{(char)hash[1]}' requested is newer than current version '2'";
        var costAt = hash[2] == '$' ? 3 : 4;
        return int.TryParse(hash.Slice(costAt, 2), out var cost) && cost is < MinCost or > MaxCost
            ? $"cost {cost} is outside allowed inclusive range {MinCost}..{MaxCost}"
            : null;
    }
}
