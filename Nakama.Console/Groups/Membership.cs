using Nakama.Protocol.Api;

namespace Nakama.Console.Groups;

/// <summary>The states of a member of a group, in words.</summary>
internal static class Membership
{
    private const int Banned = 4;

    public static string Name(int? state) => (state ?? 0) switch
    {
        (int)GroupUserList.Types.GroupUser.Types.State.Superadmin => "Superadmin",
        (int)GroupUserList.Types.GroupUser.Types.State.Admin => "Admin",
        (int)GroupUserList.Types.GroupUser.Types.State.Member => "Member",
        (int)GroupUserList.Types.GroupUser.Types.State.JoinRequest => "Join request",
        Banned => "Banned",
        var other => other.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    public static bool MayBePromoted(int? state) => state is > (int)GroupUserList.Types.GroupUser.Types.State.Superadmin;

    public static bool MayBeDemoted(int? state) => (state ?? 0) < (int)GroupUserList.Types.GroupUser.Types.State.Member;
}
