using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Nakama.GameLogic;
using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;
using Nakama.Protocol.Realtime;

namespace Nakama.Tests.Golden.ModulesInCSharp;

/// <summary>Hooks that act only on inputs that are marked for them, with text that begins with <c>hook:</c>.</summary>
internal sealed partial class GoldenHooks(INakama nakama) : IGameModule
{
    public void Register(IGameBuilder game) => game
        .Match<GoldenMatch>("golden_match")
        .Match<GoldenMatchMore>("golden_match_more")
        .Before(Requests.UpdateAccount, static (context, request) => Task.FromResult(ChangeAccount(context, request)))
        .After(Requests.UpdateAccount, AfterUpdateAccountAsync)
        .Before(Requests.AuthenticateCustom, static (context, request) => Task.FromResult(ChangeLogin(context, request)))
        .After(Requests.AuthenticateCustom, AfterAuthenticateCustomAsync)
        .Before(Requests.DeleteAccount, static (context, request) => context.Vars.GetValueOrDefault("keep") == "yes"
            ? throw new GameException(GameErrorCode.FailedPrecondition, "this account is kept")
            : Task.FromResult<Empty?>(request))
        .Before(Requests.WriteStorageObjects, static (_, request) => Task.FromResult(ChangeObjects(request)))
        .After(Requests.WriteStorageObjects, AfterWriteStorageObjectsAsync)
        .Before(Requests.CreateGroup, static (_, request) => Task.FromResult<CreateGroupRequest?>(ChangeGroup(request)))
        .After(Requests.CreateGroup, AfterCreateGroupAsync)
        .Before(Requests.Event, BeforeEventAsync)
        .BeforeMessage(Messages.ChannelMessageSend, static (context, message) => Task.FromResult(ChangeChat(context, message)))
        .AfterMessage(Messages.ChannelMessageSend, AfterChannelMessageSendAsync)
        .BeforeMessage(Messages.StatusUpdate, static (_, message) => Task.FromResult(ChangeStatus(message)))
        .BeforeMessage(Messages.PartyCreate, static (_, message) => Task.FromResult<Nakama.Protocol.Realtime.PartyCreate?>(ChangeParty(message)))
        .AfterMessage(Messages.MatchCreate, AfterMatchCreateAsync)
        .BeforeMessage(Messages.MatchmakerAdd, static (_, message) => Task.FromResult<Nakama.Protocol.Realtime.MatchmakerAdd?>(ChangeTicket(message)))
        .StorageIndex(new StorageIndex("golden_index", "gidx")
        {
            Fields = ["name", "level", "tags", "born", "flag", "deep"],
            SortableFields = ["level", "name"],
            MaxEntries = 5000,
        })
        .StorageIndex(new StorageIndex("golden_only", "gonly") { Fields = ["name", "level"], SortableFields = ["level"], MaxEntries = 5000, IndexOnly = true })
        .StorageIndexFilter("golden_index", static (_, write) =>
        {
            using var value = JsonDocument.Parse(write.Value);
            return Task.FromResult(!(value.RootElement.TryGetProperty("skip", out var skip) && skip.ValueKind is not (JsonValueKind.False or JsonValueKind.Null)));
        });

    private static bool IsMarked(string? text) => text?.StartsWith("hook:", StringComparison.Ordinal) == true;

    /// <summary>What the marks mean that all hooks know.</summary>
    private static T? Act<T>(string mark, T input)
        where T : class, new() => mark switch
        {
            "hook:nil" => null,
            "hook:plain" => throw new InvalidOperationException("plain hook failure"),
            "hook:code" => throw new GameException(GameErrorCode.PermissionDenied, "hook says no"),
            "hook:ninetynine" => throw new GameException((GameErrorCode)99, "odd code"),
            "hook:zero" => throw new GameException(0, "zero code"),
            "hook:empty" => new T(),
            _ => input,
        };

    private static UpdateAccountRequest? ChangeAccount(GameContext context, UpdateAccountRequest request)
    {
        if (!IsMarked(request.DisplayName)) return request;
        if (request.DisplayName != "hook:change") return Act(request.DisplayName, request);
        request.DisplayName = $"changed for {context.Username}";
        request.Location = $"mode {context.Mode}";
        return request;
    }

    private static AuthenticateCustomRequest? ChangeLogin(GameContext context, AuthenticateCustomRequest request)
    {
        var mark = request.Account?.Vars.GetValueOrDefault("hook");
        if (!IsMarked(mark)) return request;
        if (mark == "hook:vars")
        {
            request.Account!.Vars["added"] = "by hook";
            request.Account.Vars["caller"] = $"{context.UserId?.ToString() ?? "nil"}/{(context.UserId is null ? "nil" : context.Username)}";
            return request;
        }

        if (mark != "hook:nocreate") return Act(mark!, request);
        request.Create = false;
        return request;
    }

    private static WriteStorageObjectsRequest? ChangeObjects(WriteStorageObjectsRequest request)
    {
        if (request.Objects.Count == 0 || request.Objects[0] is not { Collection: "hooked" } first) return request;
        if (first.Key != "change") return Act(first.Key, request);
        first.Value = """{"by":"hook"}""";
        first.PermissionRead = 2;
        request.Objects.Add(new Nakama.Protocol.Api.WriteStorageObject { Collection = "hooked", Key = "extra", Value = """{"extra":true}""" });
        return request;
    }

    private static CreateGroupRequest ChangeGroup(CreateGroupRequest request)
    {
        if (request.Name.StartsWith("hook:limit", StringComparison.Ordinal)) (request.MaxCount, request.Open, request.Description) = (7, true, "set by hook");
        if (request.Name.StartsWith("hook:deny", StringComparison.Ordinal)) throw new GameException(GameErrorCode.ResourceExhausted, "no groups today");
        return request;
    }

    private static ChannelMessageSend? ChangeChat(GameContext context, ChannelMessageSend message)
    {
        if (Mark().Match(message.Content) is not { Success: true } found) return message;
        if (found.Groups[1].Value != "hook:change") return Act(found.Groups[1].Value, message);
        message.Content = new JsonObject { ["changed"] = context.Username, ["session"] = context.SessionId is not null }.ToJsonString();
        return message;
    }

    private static StatusUpdate? ChangeStatus(StatusUpdate message)
    {
        if (!IsMarked(message.Status)) return message;
        switch (message.Status)
        {
            case "hook:change":
                message.Status = "changed";
                return message;
            case "hook:offline": return new StatusUpdate();
            default: return Act(message.Status, message);
        }
    }

    private static Nakama.Protocol.Realtime.PartyCreate ChangeParty(Nakama.Protocol.Realtime.PartyCreate message)
    {
        if (message.Label == """{"hook":"max"}""") (message.MaxSize, message.Open) = (3, true);
        return message;
    }

    private static Nakama.Protocol.Realtime.MatchmakerAdd ChangeTicket(Nakama.Protocol.Realtime.MatchmakerAdd message)
    {
        if (message.StringProperties.GetValueOrDefault("hook") == "hook:count") message.MinCount = 1;
        return message;
    }

    private async Task AfterUpdateAccountAsync(GameContext context, Empty? response, UpdateAccountRequest? request)
    {
        if (request?.DisplayName == "hook:after") await NotifyAsync(context, "after update", new JsonObject { ["name"] = request.DisplayName, ["out"] = "null" }, 41);
        if (request?.DisplayName == "hook:afterfail") throw new GameException(GameErrorCode.InvalidArgument, "after failure");
    }

    private async Task AfterAuthenticateCustomAsync(GameContext context, Nakama.Protocol.Api.Session? response, AuthenticateCustomRequest? request)
    {
        if (request!.Account.Vars.GetValueOrDefault("hook") != "hook:welcome") return;
        var content = new JsonObject { ["token"] = "string", ["name"] = context.Username, ["id"] = request.Account.Id.Length > 0 };
        if (response!.Created) content["created"] = true;
        await NotifyAsync(context, "welcome", content, 42);
    }

    private async Task AfterWriteStorageObjectsAsync(GameContext context, StorageObjectAcks? response, WriteStorageObjectsRequest? request)
    {
        if (request!.Objects is not [{ Collection: "hooked", Key: "after" }, ..]) return;
        var acks = response!.Acks;
        await NotifyAsync(
            context, "written", new JsonObject { ["acks"] = acks.Count, ["key"] = acks[0].Key, ["collection"] = acks[0].Collection }, 43);
    }

    private async Task AfterCreateGroupAsync(GameContext context, Nakama.Protocol.Api.Group? response, CreateGroupRequest? request)
    {
        if (!IsMarked(response!.Name)) return;
        var content = new JsonObject { ["max"] = response.MaxCount };
        if (response.Open == true) content["open"] = true;
        if (response.LangTag.Length > 0) content["lang"] = response.LangTag;
        if (request!.MaxCount != 0) content["asked"] = request.MaxCount;
        await NotifyAsync(context, "group made", content, 44);
    }

    private async Task<Nakama.Protocol.Api.Event?> BeforeEventAsync(GameContext context, Nakama.Protocol.Api.Event request)
    {
        if (request.Name != "hook:event") return request;
        var content = new JsonObject();
        if (request.Properties.Count > 0) content["properties"] = JsonSerializer.SerializeToNode(request.Properties);
        if (request.External) content["external"] = true;
        await NotifyAsync(context, "event", content, 45);
        return request;
    }

    private async Task AfterChannelMessageSendAsync(GameContext context, Envelope? response, ChannelMessageSend message)
    {
        if (!message.Content.Contains("hook:after", StringComparison.Ordinal)) return;
        var content = new JsonObject { ["ack"] = response?.ChannelMessageAck is not null };
        if (response is { Cid.Length: > 0 }) content["cid"] = response.Cid;
        if (response?.ChannelMessageAck?.Persistent is { } persistent) content["persistent"] = persistent;
        await NotifyAsync(context, "sent", content, 46, isPersistent: false);
    }

    private async Task AfterMatchCreateAsync(GameContext context, Envelope? response, MatchCreate message)
    {
        if (!IsMarked(message.Name)) return;
        var content = new JsonObject { ["named"] = true };
        if (response!.Match.Size != 0) content["size"] = response.Match.Size;
        if (response.Match.Authoritative) content["authoritative"] = true;
        await NotifyAsync(context, "match made", content, 47, isPersistent: false);
    }

    private Task NotifyAsync(GameContext context, string subject, JsonObject content, int code, bool isPersistent = true) =>
        nakama.Notifications.SendAsync(context.UserId!.Value, subject, content.ToJsonString(), code, persistent: isPersistent);

    [GeneratedRegex("\"(hook:[A-Za-z]+)\"")]
    private static partial Regex Mark();
}
