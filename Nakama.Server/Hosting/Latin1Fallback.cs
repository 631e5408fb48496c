using System.Text;

namespace Nakama.Server.Hosting;

/// <summary>Decodes bytes that are not valid UTF-8 as Latin-1.</summary>
internal sealed class Latin1Fallback : DecoderFallback
{
    /// <summary>An incomplete sequence has three bytes at most.</summary>
    public override int MaxCharCount => 3;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Letters();

    private sealed class Letters : DecoderFallbackBuffer
    {
        private string _text = "";
        private int _at;

        public override int Remaining => _text.Length - _at;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (_text, _at) = (Encoding.Latin1.GetString(bytesUnknown), 0);
            return _text.Length > 0;
        }

        public override char GetNextChar() => _at < _text.Length ? _text[_at++] : '\0';

        public override bool MovePrevious() => _at > 0 && --_at >= 0;

        public override void Reset() => (_text, _at) = ("", 0);
    }
}
