using Nakama.Console.Nodes;

namespace Nakama.Console.Accounts;

/// <summary>The node's calls about accounts.</summary>
public sealed class AccountsClient(NodeClient node)
{
    private const string Root = "/v2/console/account";

    public Task<AccountPage> ListAsync(string filter, bool tombstones, string cursor, CancellationToken cancellationToken) =>
        node.GetAsync<AccountPage>(
            $"{Root}?filter={Uri.EscapeDataString(filter)}&tombstones={(tombstones ? "true" : "false")}&cursor={Uri.EscapeDataString(cursor)}",
            cancellationToken);

    public Task<AccountDetail> GetAsync(string id, CancellationToken cancellationToken) =>
        node.GetAsync<AccountDetail>(Path(id), cancellationToken);

    public Task UpdateAsync(string id, AccountEdit edit, CancellationToken cancellationToken) =>
        node.PostAsync(Path(id), edit, cancellationToken);

    public Task BanAsync(string id, CancellationToken cancellationToken) =>
        node.PostAsync($"{Path(id)}/ban", null, cancellationToken);

    public Task UnbanAsync(string id, CancellationToken cancellationToken) =>
        node.PostAsync($"{Path(id)}/unban", null, cancellationToken);

    /// <param name="id">The account.</param>
    /// <param name="record">Whether a tombstone tells later that there was such an account.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task DeleteAsync(string id, bool record, CancellationToken cancellationToken) =>
        node.DeleteAsync(record ? $"{Path(id)}?record_deletion=true" : Path(id), cancellationToken);

    /// <param name="id">The account.</param>
    /// <param name="kind">The last part of the node's path, such as <c>custom</c>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task UnlinkAsync(string id, string kind, CancellationToken cancellationToken) =>
        node.PostAsync($"{Path(id)}/unlink/{kind}", null, cancellationToken);

    public Task UnlinkDeviceAsync(string id, string deviceId, CancellationToken cancellationToken) =>
        node.PostAsync($"{Path(id)}/unlink/device", new { device_id = deviceId }, cancellationToken);

    private static string Path(string id) => $"{Root}/{Uri.EscapeDataString(id)}";
}
