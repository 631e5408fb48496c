using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nakama.Server.Security;

/// <summary>The Blowfish cipher with the expensive key schedule that bcrypt is made of. One use, one thread.</summary>
internal sealed class Blowfish
{
    private const int Rounds = 16;

    private readonly uint[] _subkeys = BlowfishConstants.Words[..BlowfishConstants.SubkeyCount];
    private readonly uint[] _boxes = BlowfishConstants.Words[BlowfishConstants.SubkeyCount..];

    /// <summary>Mixes a key into the state, and a salt of 16 bytes into every block on the way.</summary>
    public void ExpandKey(ReadOnlySpan<uint> key, ReadOnlySpan<uint> salt)
    {
        MixKey(key);
        uint left = 0, right = 0;
        var at = 0;
        for (var i = 0; i < _subkeys.Length; i += 2) Next(_subkeys, i, salt);
        for (var i = 0; i < _boxes.Length; i += 2) Next(_boxes, i, salt);

        void Next(uint[] target, int i, ReadOnlySpan<uint> salt)
        {
            left ^= salt[at];
            right ^= salt[at + 1];
            at = (at + 2) & 3;
            Encrypt(ref left, ref right);
            target[i] = left;
            target[i + 1] = right;
        }
    }

    /// <summary>Mixes a key into the state.</summary>
    public void ExpandKey(ReadOnlySpan<uint> key)
    {
        MixKey(key);
        uint left = 0, right = 0;
        for (var i = 0; i < _subkeys.Length; i += 2)
        {
            Encrypt(ref left, ref right);
            _subkeys[i] = left;
            _subkeys[i + 1] = right;
        }

        for (var i = 0; i < _boxes.Length; i += 2)
        {
            Encrypt(ref left, ref right);
            _boxes[i] = left;
            _boxes[i + 1] = right;
        }
    }

    /// <summary>Encrypts one block in place.</summary>
    public void Encrypt(ref uint left, ref uint right)
    {
        ref var subkey = ref MemoryMarshal.GetArrayDataReference(_subkeys);
        ref var boxes = ref MemoryMarshal.GetArrayDataReference(_boxes);
        var l = left ^ subkey;
        var r = right;
        for (var i = 1; i <= Rounds; i += 2)
        {
            r ^= Mix(ref boxes, l) ^ Unsafe.Add(ref subkey, i);
            l ^= Mix(ref boxes, r) ^ Unsafe.Add(ref subkey, i + 1);
        }

        left = r ^ Unsafe.Add(ref subkey, Rounds + 1);
        right = l;
    }

    // No bounds checks: a byte cannot leave its box, and hashing one password runs this some hundred million times.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(ref uint boxes, uint x) =>
        ((Unsafe.Add(ref boxes, x >> 24) + Unsafe.Add(ref boxes, 256 + ((x >> 16) & 0xFF)))
            ^ Unsafe.Add(ref boxes, 512 + ((x >> 8) & 0xFF)))
        + Unsafe.Add(ref boxes, 768 + (x & 0xFF));

    private void MixKey(ReadOnlySpan<uint> key)
    {
        for (var i = 0; i < _subkeys.Length; i++) _subkeys[i] ^= key[i];
    }
}
