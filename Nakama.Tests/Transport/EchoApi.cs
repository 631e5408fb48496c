using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Account = Nakama.Protocol.Api.Account;
using Empty = Google.Protobuf.WellKnownTypes.Empty;

namespace Nakama.Tests.Transport;

/// <summary>Methods that remember their request and answer what the test wants.</summary>
internal sealed class EchoApi : IApiFeature
{
    public ConcurrentDictionary<string, Func<ApiCall, IMessage, CancellationToken, ValueTask<IMessage>>> Handlers { get; } = new();

    public void Map(ApiMap api)
    {
        Take<AuthenticateDeviceRequest, Nakama.Protocol.Api.Session>(api, "AuthenticateDevice", new Nakama.Protocol.Api.Session { Created = true });
        Take<Empty, Account>(api, "GetAccount", new Account { Wallet = "{}" });
        Take<UpdateAccountRequest, Empty>(api, "UpdateAccount", new Empty());
        Take<GetUsersRequest, Users>(api, "GetUsers", new Users());
        Take<ListFriendsRequest, FriendList>(api, "ListFriends", new FriendList());
        Take<ListStorageObjectsRequest, StorageObjectList>(api, "ListStorageObjects", new StorageObjectList());
        Take<WriteLeaderboardRecordRequest, LeaderboardRecord>(api, "WriteLeaderboardRecord", new LeaderboardRecord());
        Take<ListGroupsRequest, GroupList>(api, "ListGroups", new GroupList());
        Take<DeleteFriendsRequest, Empty>(api, "DeleteFriends", new Empty());
        Take<BlockFriendsRequest, Empty>(api, "BlockFriends", new Empty());
        Take<KickGroupUsersRequest, Empty>(api, "KickGroupUsers", new Empty());
        Take<ListChannelMessagesRequest, ChannelMessageList>(api, "ListChannelMessages", new ChannelMessageList());
    }

    public static ApiService ForOperators()
    {
        var map = new ApiMap([Nakama.Protocol.Console.ConsoleReflection.Descriptor.Services[0]], _ => ApiCredential.None, NullLogger<ApiMap>.Instance);
        return new(ApiAudience.Operators, map, new Anyone());
    }

    /// <summary>What a method answers for a while, instead of its usual answer.</summary>
    public void Answer(string method, Func<ApiCall, IMessage, CancellationToken, ValueTask<IMessage>> handler) => Handlers[method] = handler;

    private void Take<TRequest, TResponse>(ApiMap api, string name, TResponse usual)
        where TRequest : class, IMessage
        where TResponse : class, IMessage
    {
        Handlers[name] = (_, _, _) => new(usual);
        api.Map<TRequest, TResponse>(name, async (call, request, cancellationToken) => (TResponse)await Handlers[name](call, request, cancellationToken));
    }

    private sealed class Anyone : ICredentialCheck
    {
        public ValueTask CheckAsync(ApiCall call, StringValues authorization, IMessage request, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;
    }
}
