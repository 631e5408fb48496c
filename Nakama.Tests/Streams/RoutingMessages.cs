using Nakama.Protocol.Realtime;
using Nakama.Server.Sessions;
using Nakama.Tests.Presence;

namespace Nakama.Tests.Streams;

public sealed class RoutingMessages
{
    private static Envelope Message => new() { StreamData = new StreamData { Data = "hello" } };

    [Fact]
    public void A_stream_delivers_to_everyone_in_it_hidden_ones_included_and_to_nobody_else()
    {
        using var house = new TrackerFixture();
        var (stream, anna, ghost, other) = (TrackerFixture.NewStream(), house.Open(), house.Open(), house.Open());
        house.Tracker.Track(anna, stream, TrackerFixture.Hidden, out _);
        house.Tracker.Track(ghost, stream, TrackerFixture.Hidden, out _);

        house.Router.SendToStream(stream, Message);

        Assert.Equal((1, 1, 0), (anna.Received.Count, ghost.Received.Count, other.Received.Count));
    }

    [Fact]
    public void One_session_can_be_left_out()
    {
        using var house = new TrackerFixture();
        var (stream, anna, ben) = (TrackerFixture.NewStream(), house.Open(), house.Open());
        house.Tracker.Track(anna, stream, TrackerFixture.Hidden, out _);
        house.Tracker.Track(ben, stream, TrackerFixture.Hidden, out _);

        house.Router.SendToStream(stream, Message, except: anna);

        Assert.Equal((0, 1), (anna.Received.Count, ben.Received.Count));
    }

    [Fact]
    public void Sessions_that_are_gone_are_skipped()
    {
        using var house = new TrackerFixture();
        var (anna, ben) = (house.Open(), house.Open());
        ben.Close(SessionClose.ServerSide);

        house.Router.SendToSessions([anna.Id, ben.Id, Guid.NewGuid()], Message);
        house.Router.SendToAll(Message);

        Assert.Equal((2, 0), (anna.Received.Count, ben.Received.Count));
    }

    [Fact]
    public void All_receivers_of_a_format_share_the_same_bytes()
    {
        var payload = new EncodedMessage(Message);

        Assert.Same(payload.JsonFrame, payload.JsonFrame);
        Assert.Same(payload.ProtobufFrame, payload.ProtobufFrame);
        Assert.Equal("""{"stream_data":{"data":"hello"}}"""u8, payload.JsonFrame.AsSpan(2));
        Assert.Equal(payload.Protobuf, payload.ProtobufFrame[2..]);
    }

    [Theory]
    [InlineData(10, 2)]
    [InlineData(200, 4)]
    [InlineData(70_000, 10)]
    public void A_frame_carries_its_length_in_the_shortest_form(int dataLength, int headLength)
    {
        var payload = new EncodedMessage(new Envelope { StreamData = new StreamData { Data = new string('x', dataLength) } });

        Assert.Equal(payload.Protobuf, payload.ProtobufFrame[headLength..]);
        Assert.Equal(0x82, payload.ProtobufFrame[0]);
    }
}
