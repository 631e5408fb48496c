using System.Net.Http.Headers;
using Nakama.Console.Access;
using Nakama.Console.Nodes;

namespace Nakama.Console.Settings;

/// <summary>Imports into the node's database, and deletion of everything of a kind.</summary>
public sealed class DataClient(IHttpClientFactory clients, NodeAddresses addresses, Operator signedIn, NodeClient node)
{
    /// <summary>Imports storage objects; either all of the file is imported or nothing.</summary>
    /// <param name="name">The name of the file, whose end tells JSON from CSV.</param>
    /// <param name="content">The file.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    /// <exception cref="NodeException">The file is refused; the message names the place.</exception>
    public async Task ImportStorageAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var target = addresses.Current;
        using var client = clients.CreateClient(NodeHttpClients.Streams);
        // A large file takes as long as it takes; the page cancels.
        client.Timeout = Timeout.InfiniteTimeSpan;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target, "/v2/console/storage/import"));
        if (await signedIn.TokenAsync() is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // The node takes the name of the form field for that of the file.
        var fileName = name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "import.json" : "import.csv";
        request.Content = new MultipartFormDataContent { { new StreamContent(content), fileName, fileName } };
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode) return;
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var code = (int)response.StatusCode == StatusCodes.Status401Unauthorized ? NodeException.PermissionDenied : NodeException.InvalidArgument;
            throw new NodeException(code, text.Length is > 0 and < 2000 ? text.Trim() : $"The node answered {(int)response.StatusCode}.");
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            addresses.Skip(target);
            throw new NodeException(NodeException.Unavailable, $"The node at {target.Authority} does not answer.");
        }
    }

    public Task DeleteAllDataAsync(CancellationToken cancellationToken) => node.DeleteAsync(NodePath.Of("/all"), cancellationToken);

    public Task DeleteAllAccountsAsync(CancellationToken cancellationToken) => node.DeleteAsync(NodePath.Of("/account"), cancellationToken);

    public Task DeleteAllStorageAsync(CancellationToken cancellationToken) => node.DeleteAsync(NodePath.Of("/storage"), cancellationToken);
}
