using System.Text;
using Google.Protobuf;
using Nakama.Protocol.Api;
using Nakama.Protocol.Json;
using Nakama.Protocol.Realtime;

namespace Nakama.Tests.Wire;

/// <summary>Sentences recorded from the reference server.</summary>
public sealed class JsonFaultTests
{
    [Theory]
    [InlineData("null", "proto: syntax error (line 1:1): unexpected token null")]
    [InlineData("[]", "proto: syntax error (line 1:1): unexpected token [")]
    [InlineData("5", "proto: syntax error (line 1:1): unexpected token 5")]
    [InlineData("{'display_name':'x'}", "invalid character '\\'' looking for beginning of object key string")]
    [InlineData("{\"display_name\":\"x\",}", "invalid character '}' looking for beginning of object key string")]
    [InlineData("{\"display_name\":\"x\",\"display_name\":\"y\"}", "proto: (line 1:21): duplicate field \"display_name\"")]
    [InlineData("{\"display_name\":\"x\",\"displayName\":\"y\"}", "proto: (line 1:21): duplicate field \"displayName\"")]
    [InlineData("{\"display_name\":\"\\ud800\"}", "proto: unexpected EOF")]
    [InlineData("\uFEFF{}", "invalid character 'ï' looking for beginning of value")]
    [InlineData("{\"display_name\":", "unexpected EOF")]
    [InlineData("{\"display_name\" 1}", "invalid character '1' after object key")]
    [InlineData("{\"display_name\":\"a\tb\"}", "invalid character '\\t' in string literal")]
    [InlineData("{\"display_name\":\"\\q\"}", "invalid character 'q' in string escape code")]
    [InlineData("{\"display_name\":tru}", "invalid character '}' in literal true (expecting 'e')")]
    [InlineData("{\"display_name\":5, bad", "invalid character 'b' looking for beginning of object key string")]
    [InlineData("{\n \"display_name\":5}", "proto: (line 2:17): invalid value for string field value: 5")]
    public void A_bad_account_update_is_refused_with_the_known_sentence(string text, string sentence) =>
        Refused<UpdateAccountRequest>(text, sentence);

    [Theory]
    [InlineData("{\"score\":\"\\\"9\\\"\"}", "proto: (line 1:10): invalid value for int64 field score: \"\\\"9\\\"\"")]
    [InlineData("{\"score\": \" 10\"}", "proto: (line 1:11): invalid value for int64 field score: \" 10\"")]
    [InlineData("{\"score\": \"\"}", "proto: (line 1:11): invalid value for int64 field score: \"\"")]
    [InlineData("{\"score\": \"0x10\"}", "proto: (line 1:11): invalid value for int64 field score: \"0x10\"")]
    [InlineData("{\"score\": \"+5\"}", "proto: (line 1:11): invalid value for int64 field score: \"+5\"")]
    [InlineData("{\"score\": [1]}", "proto: (line 1:11): invalid value for int64 field score: [")]
    [InlineData("{\"score\": {\"v\":1}}", "proto: (line 1:11): invalid value for int64 field score: {")]
    [InlineData("{\"score\": false}", "proto: (line 1:11): invalid value for int64 field score: false")]
    [InlineData("{\"score\":0.5}", "proto: (line 1:10): invalid value for int64 field score: 0.5")]
    [InlineData("{\"score\":1E400}", "proto: (line 1:10): invalid value for int64 field score: 1E400")]
    [InlineData("{\"score\":9223372036854775808}", "proto: (line 1:10): invalid value for int64 field score: 9223372036854775808")]
    [InlineData("{\"score\":NaN}", "invalid character 'N' looking for beginning of value")]
    [InlineData("{\"score\":021}", "invalid character '2' after object key:value pair")]
    [InlineData("{\"score\":18,\"metadata\":{\"a\":1}}", "proto: (line 1:24): invalid value for string field metadata: {")]
    public void A_bad_score_is_refused_with_the_known_sentence(string text, string sentence) =>
        Refused<WriteLeaderboardRecordRequest.Types.LeaderboardRecordWrite>(text, sentence);

    [Theory]
    [InlineData("{\"name\":\"e\",\"properties\":{\"a\":null}}", "proto: (line 1:31): invalid value for string field value: null")]
    [InlineData("{\"name\":\"e\",\"properties\":[]}", "proto: syntax error (line 1:26): unexpected token [")]
    [InlineData("{\"name\":\"e\",\"properties\":{\"a\":\"1\",\"a\":\"2\"}}", "proto: (line 1:35): duplicate map key \"a\"")]
    [InlineData("{\"name\":\"e\",\"timestamp\":\"2020-01-01\"}", "proto: (line 1:25): invalid google.protobuf.Timestamp value \"2020-01-01\"")]
    [InlineData("{\"name\":\"e\",\"timestamp\":5}", "proto: syntax error (line 1:25): unexpected token 5")]
    [InlineData("{\"name\":\"e\",\"external\":\"true\"}", "proto: (line 1:24): invalid value for bool field external: \"true\"")]
    public void A_bad_event_is_refused_with_the_known_sentence(string text, string sentence) => Refused<Event>(text, sentence);

    [Theory]
    [InlineData("{\"objects\":\"x\"}", "proto: syntax error (line 1:12): unexpected token \"x\"")]
    [InlineData("{\"objects\":[[\"a\"]]}", "proto: syntax error (line 1:13): unexpected token [")]
    [InlineData("{\"objects\":[{\"key\":\"k4\"},null]}", "proto: syntax error (line 1:26): unexpected token null")]
    [InlineData("{\"objects\":[{\"permission_read\":true}]}", "proto: (line 1:32): invalid value for int32 field value: true")]
    public void A_bad_storage_write_is_refused_with_the_known_sentence(string text, string sentence) => Refused<WriteStorageObjectsRequest>(text, sentence);

    [Theory]
    [InlineData("8.0", 8)]
    [InlineData("\"8.0\"", 8)]
    [InlineData("\"1e1\"", 10)]
    [InlineData("1.0e1", 10)]
    [InlineData("1000000000000000.0", 1000000000000000)]
    [InlineData("\"-0\"", 0)]
    [InlineData("9007199254740993", 9007199254740993)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("0e9", 0)]
    [InlineData("null", 0)]
    public void Whole_numbers_come_in_many_forms(string text, long score) =>
        Assert.Equal(score, Lenient<WriteLeaderboardRecordRequest.Types.LeaderboardRecordWrite>($"{{\"score\":{text}}}").Score);

    [Theory]
    [InlineData("{\"display_name\":\"x\"} trailing")]
    [InlineData("{\"display_name\":\"x\"}{}")]
    [InlineData("{\"unknown\":{\"deep\":[1,{\"x\":null}]},\"displayName\":\"x\"}")]
    [InlineData("{\"dis\\u0070lay_name\":\"x\"}")]
    public void The_request_api_is_lenient(string text) => Assert.Equal("x", Lenient<UpdateAccountRequest>(text).DisplayName);

    [Fact]
    public void An_unknown_name_of_an_enum_counts_as_unset_for_the_request_api() =>
        Assert.Equal(default, Lenient<WriteLeaderboardRecordRequest.Types.LeaderboardRecordWrite>("{\"operator\":\"set\"}").Operator);

    [Theory]
    [InlineData("{\"cid\":\"1\",\"ping\":{\"x\":1}}")]
    [InlineData("{\"cid\":5,\"ping\":{}}")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"cid\":\"1\",\"ping\":{},\"pong\":{}}")]
    [InlineData("{\"cid\":\"1\",\"channel_join\":{\"target\":\"a\",\"type\":\"ROOM\"}}")]
    [InlineData("{\"cid\":\"1\",\"match_data_send\":{\"match_id\":\"x.\",\"op_code\":\"abc\"}}")]
    [InlineData("{\"cid\":\"1\"} {}")]
    [InlineData("{\"cid\":\"\\ud800 xxxxxxx\",\"ping\":{}}")]
    public void The_realtime_api_is_strict(string text) =>
        Assert.Throws<ProtoJsonException>(() => ProtoJson.ReadStrict(Encoding.UTF8.GetBytes(text), new Envelope()));

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        byte[] text = [.. "{\"cid\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        Assert.Throws<ProtoJsonException>(() => ProtoJson.ReadStrict(text, new Envelope()));
        Assert.Throws<ProtoJsonException>(() => ProtoJson.ReadLenient(text, new Envelope()));
    }

    [Fact]
    public void Nesting_has_a_bound()
    {
        var deep = "{\"unknown\":" + new string('[', 100_000) + new string(']', 100_000) + "}";

        Refused<UpdateAccountRequest>(deep, "proto: exceeded max recursion depth");
        Assert.Throws<ProtoJsonException>(() => ProtoJson.ReadStrict(Encoding.UTF8.GetBytes(deep), new Envelope()));
    }

    [Fact]
    public void The_number_of_messages_has_a_bound() =>
        Refused<WriteStorageObjectsRequest>("{\"objects\":[" + string.Join(',', Enumerable.Repeat("{}", ProtoJson.MaxMessages + 1)) + "]}", "proto: too many messages");

    [Theory]
    [InlineData("AQID-_8=")]
    [InlineData("AQID+/8")]
    [InlineData("AQID-_8")]
    public void Bytes_come_in_both_alphabets_of_base64(string text)
    {
        var envelope = new Envelope();
        ProtoJson.ReadStrict(Encoding.UTF8.GetBytes($"{{\"match_data_send\":{{\"data\":\"{text}\"}}}}"), envelope);

        Assert.Equal(new byte[] { 1, 2, 3, 0xFB, 0xFF }, envelope.MatchDataSend.Data.ToByteArray());
    }

    private static T Lenient<T>(string text)
        where T : IMessage, new()
    {
        var message = new T();
        ProtoJson.ReadLenient(Encoding.UTF8.GetBytes(text), message);
        return message;
    }

    private static void Refused<T>(string text, string sentence)
        where T : IMessage, new() =>
        Assert.Equal(sentence, Assert.Throws<ProtoJsonException>(() => Lenient<T>(text)).Message);
}
