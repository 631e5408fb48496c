using System.Net;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;
using AccountDetail = Nakama.Protocol.Console.Account;
using User = Nakama.Protocol.Api.User;

namespace Nakama.Console.Accounts;

/// <summary>The account methods of the node's console API.</summary>
public sealed class AccountsClient(NodeClient node)
{
    private const string Root = "/v2/console/account";

    public async Task<AccountList> ListAsync(string filter, bool tombstones, string cursor, CancellationToken cancellationToken)
    {
        var page = await node.GetAsync<AccountList>(
            $"{Root}?filter={Uri.EscapeDataString(filter)}&tombstones={(tombstones ? "true" : "false")}&cursor={Uri.EscapeDataString(cursor)}",
            cancellationToken);
        foreach (var user in page.Users) Decode(user);
        return page;
    }

    public async Task<AccountDetail> GetAsync(string id, CancellationToken cancellationToken)
    {
        var detail = await node.GetAsync<AccountDetail>(Path(id), cancellationToken);
        Decode(detail.Account_.User);
        return detail;
    }

    /// <param name="id">The account.</param>
    /// <param name="changes">Null keeps a value; an empty text clears the field.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task UpdateAsync(string id, UpdateAccountRequest changes, CancellationToken cancellationToken) =>
        node.PostAsync(Path(id), changes, cancellationToken);

    public Task BanAsync(string id, CancellationToken cancellationToken) =>
        node.PostAsync($"{Path(id)}/ban", null, cancellationToken);

    public Task UnbanAsync(string id, CancellationToken cancellationToken) =>
        node.PostAsync($"{Path(id)}/unban", null, cancellationToken);

    /// <param name="id">The account.</param>
    /// <param name="record">Whether the deletion leaves a tombstone.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteAsync(string id, bool record, CancellationToken cancellationToken) =>
        node.DeleteAsync(record ? $"{Path(id)}?record_deletion=true" : Path(id), cancellationToken);

    /// <param name="id">The account.</param>
    /// <param name="kind">The last part of the node's path, such as <c>custom</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task UnlinkAsync(string id, string kind, CancellationToken cancellationToken) =>
        node.PostAsync($"{Path(id)}/unlink/{kind}", null, cancellationToken);

    public Task UnlinkDeviceAsync(string id, string deviceId, CancellationToken cancellationToken) =>
        node.PostAsync($"{Path(id)}/unlink/device", new UnlinkDeviceRequest { DeviceId = deviceId }, cancellationToken);

    private static string Path(string id) => $"{Root}/{Uri.EscapeDataString(id)}";

    /// <summary>The console API escapes these texts for HTML; pages escape what they render by themselves.</summary>
    private static void Decode(User user)
    {
        user.DisplayName = WebUtility.HtmlDecode(user.DisplayName);
        user.AvatarUrl = WebUtility.HtmlDecode(user.AvatarUrl);
        user.LangTag = WebUtility.HtmlDecode(user.LangTag);
        user.Location = WebUtility.HtmlDecode(user.Location);
        user.Timezone = WebUtility.HtmlDecode(user.Timezone);
    }
}
