using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Nakama.Console.Editing;
using Nakama.Protocol.Console;
using Nakama.Protocol.Json;

namespace Nakama.Console.Accounts;

/// <summary>Imports an exported player, as a new one or into an existing one. Its result is the id of the player.</summary>
public sealed partial class AccountImportPanel(AccountsClient accounts) : PanelForm
{
    private const int MaxBytes = 4 * 1024 * 1024;

    private AccountExport? _data;

    /// <summary>The player that is changed; null to make a new one.</summary>
    [Parameter]
    public string? AccountId { get; set; }

    protected override bool IsChanged => _data is not null;

    private async Task ReadAsync(InputFileChangeEventArgs change)
    {
        (_data, Error) = (null, null);
        try
        {
            await using var file = change.File.OpenReadStream(MaxBytes);
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            var data = new AccountExport();
            ProtoJson.ReadLenient(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), data);
            if (data.Account?.User is null) Error = "This file holds no player.";
            else _data = data;
        }
        catch (ProtoJsonException error)
        {
            Error = $"This is no export of a player: {error.Message}";
        }
        catch (IOException)
        {
            Error = $"The file is larger than {MaxBytes / 1024 / 1024} MiB.";
        }
    }

    private Task SaveAsync() => SaveAsync(_data is null ? Error ?? "Choose a file first." : null, async () =>
    {
        if (AccountId is null) await accounts.ImportNewAsync(_data!, CancellationToken.None);
        else await accounts.ImportAsync(AccountId, _data!, CancellationToken.None);
        return (object?)(AccountId ?? _data!.Account.User.Id);
    });
}
