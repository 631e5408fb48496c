using System.Text;
using Nakama.Protocol.Json;
using Nakama.Protocol.Realtime;

namespace Nakama.Tests.Wire.Json;

/// <summary>What counts as base64, as clients know it.</summary>
public sealed class BytesInJson
{
    [Theory]
    [InlineData("", "")]
    [InlineData("/+8=", "FFEF")]
    [InlineData("/+8", "FFEF")]
    [InlineData("_-8=", "FFEF")]
    [InlineData("_-8", "FFEF")]
    [InlineData("/+9=", "FFEF")]
    [InlineData("/+9", "FFEF")]
    [InlineData("_-9", "FFEF")]
    [InlineData("QR==", "41")]
    [InlineData("QR", "41")]
    [InlineData(@"QUJD\r\n", "414243")]
    [InlineData(@"QU\r\nJD", "414243")]
    [InlineData(@"QUI=\r\n\r\n", "4142")]
    [InlineData(@"QQ=\n=\r\n\n", "41")]
    [InlineData(@"\u0051\u0051==", "41")]
    public void Both_alphabets_line_breaks_and_leftover_bits_are_taken(string text, string bytes) =>
        Assert.Equal(bytes, Convert.ToHexString(Read(text).Span));

    [Theory]
    [InlineData("/-8=")]
    [InlineData("+_8")]
    [InlineData("/+8==")]
    [InlineData("=")]
    [InlineData("====")]
    [InlineData("A===")]
    [InlineData("A")]
    [InlineData("AAAAA")]
    [InlineData(@"QUI\n")]
    [InlineData(@"QQ==\n")]
    [InlineData("QQ = =")]
    [InlineData("QUJD ")]
    [InlineData(@"QU\tJD")]
    [InlineData("QQ==QQ==")]
    [InlineData("é")]
    public void Mixed_alphabets_wrong_padding_and_other_letters_are_refused(string text) =>
        Assert.Throws<ProtoJsonException>(() => Read(text));

    private static ReadOnlyMemory<byte> Read(string text)
    {
        var envelope = new Envelope();
        ProtoJson.ReadStrict(Encoding.UTF8.GetBytes($$$"""{"match_data_send":{"match_id":"m","data":"{{{text}}}"}}"""), envelope);
        return envelope.MatchDataSend.Data.Memory;
    }
}
