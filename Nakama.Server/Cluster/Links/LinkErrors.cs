using Reason = Nakama.Server.Cluster.Messages.LinkRejection.Types.Reason;

namespace Nakama.Server.Cluster.Links;

/// <summary>What a refusal of another node means.</summary>
internal static class LinkErrors
{
    public static string Of(Reason reason) => reason switch
    {
        Reason.WrongSecret => "The other node has another secret.",
        Reason.WrongVersion => "The other node has another version of the frames between nodes.",
        Reason.NotReady => "The other node is starting or stopping.",
        Reason.NotAMember => "The other node does not know this one as a member.",
        Reason.Malformed => "The other node cannot read what was sent.",
        _ => "The other node has refused the connection.",
    };
}
