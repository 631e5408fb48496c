using System.Security.Cryptography;
using Nakama.Protocol.Json;

namespace Nakama.Server.Runtime.Functions;

/// <summary>AES in full-block CFB mode, the random IV first. Texts are padded with spaces to a multiple of four bytes.</summary>
internal sealed class CipherFunctions : IFunctionModule
{
    private const int Aes128Key = 16;
    private const int Aes256Key = 32;
    private const int Block = 16;
    private const int FeedbackBits = 128;
    private const int Word = 4;

    public string Name => "Ciphers";

    public void Describe(FunctionGroup functions)
    {
        Describe(functions, "aes128", Aes128Key);
        Describe(functions, "aes256", Aes256Key);
    }

    private static void Describe(FunctionGroup functions, string cipher, int keyLength)
    {
        functions.Function($"{cipher}_encrypt", $"Encrypts with a key of {keyLength} bytes.")
            .Bytes("input", new("expects string", "")).Bytes("key")
            .Returns("bytes").Does(call => Encrypted(call, Encrypt(call.Bytes(0), Key(call, keyLength))));
        functions.Function($"{cipher}_decrypt", $"Decrypts with a key of {keyLength} bytes; the spaces at the end stay.")
            .Bytes("input", new("expects string", "")).Bytes("key")
            .Returns("bytes").Does(call => Decrypted(call, Decrypt(Input(call), Key(call, keyLength))));
    }

    private static byte[] Key(FunctionCall call, int length) =>
        call.Bytes(1) is { } key && key.Length == length ? key
            : call.Language == ScriptLanguage.Lua ? throw call.Refuse(1, $"expects key {length} bytes long")
            : throw new FunctionException($"expects key {length} bytes long");

    /// <summary>JavaScript gets and passes encrypted data in base64.</summary>
    private static ScriptValue Encrypted(FunctionCall call, byte[] data) =>
        call.Language == ScriptLanguage.JavaScript ? ScriptValue.Of(Convert.ToBase64String(data)) : ScriptValue.Of(data);

    private static ScriptValue Decrypted(FunctionCall call, byte[] text) =>
        call.Language == ScriptLanguage.JavaScript ? ScriptValue.TextOf(text) : ScriptValue.Of(text);

    private static byte[] Input(FunctionCall call)
    {
        if (call.Language != ScriptLanguage.JavaScript) return call.Bytes(0);
        return GoBase64.TryDecode(call.Bytes(0), GoBase64.StandardAlphabet, isPadded: true, out var data, out var faultAt)
            ? data
            : throw new FunctionException($"error decoding cipher text: illegal base64 data at input byte {faultAt}");
    }

    private static byte[] Encrypt(byte[] input, byte[] key)
    {
        var length = (input.Length + Word - 1) / Word * Word;
        var text = Blocks(length);
        text.AsSpan().Fill((byte)' ');
        input.CopyTo(text, 0);

        using var aes = Aes.Create();
        aes.Key = key;
        var vector = RandomNumberGenerator.GetBytes(Block);
        return [.. vector, .. aes.EncryptCfb(text, vector, PaddingMode.None, FeedbackBits).AsSpan(0, length)];
    }

    private static byte[] Decrypt(byte[] input, byte[] key)
    {
        if (input.Length < Block) throw new FunctionException(new("input too short", "error decoding cipher text: input too short"));
        var length = input.Length - Block;
        var text = Blocks(length);
        input.AsSpan(Block).CopyTo(text);

        using var aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptCfb(text, input.AsSpan(0, Block), PaddingMode.None, FeedbackBits)[..length];
    }

    /// <summary>The framework requires whole blocks; the excess bytes do not change those before them.</summary>
    private static byte[] Blocks(int length) => new byte[(length + Block - 1) / Block * Block];
}
