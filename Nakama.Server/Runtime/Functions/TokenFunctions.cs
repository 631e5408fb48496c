using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Signed tokens for other services.</summary>
internal sealed class TokenFunctions : IFunctionModule
{
    private const string Hs256 = "HS256";
    private const string Rs256 = "RS256";

    public string Name => "Tokens";

    public void Describe(FunctionGroup functions) =>
        functions.Function("jwt_generate", "Signs claims as HS256 with a secret, or as RS256 with a PKCS #8 private key in PEM.")
            .Text("algorithm", "expects string").Bytes("key", new("expects string", "signing key cannot be empty")).Table("claims", "claims must be an object")
            .Returns("token").Does(Sign);

    private static ScriptValue Sign(FunctionCall call)
    {
        var algorithm = call.Text(0);
        if (algorithm is not (Hs256 or Rs256)) throw call.Refuse(0, "unsupported algo type - only allowed 'HS256', 'RS256'.");
        using var rsa = algorithm == Rs256 ? RsaKeys.Read(call.Text(1), RsaKeyFormat.Pkcs8) : null;
        var claims = call.JsonOrNull(2)!;
        if (claims == "null") throw call.Refuse(2, "claims must be an object");

        var text = $"{Part($$"""{"alg":"{{algorithm}}","typ":"JWT"}""")}.{Part(claims)}";
        var bytes = Encoding.ASCII.GetBytes(text);
        var signature = rsa is null
            ? HMACSHA256.HashData(call.Bytes(1), bytes)
            : rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return ScriptValue.Of($"{text}.{Base64Url.EncodeToString(signature)}");
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
