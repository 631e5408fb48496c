using Google.Protobuf;
using Nakama.Protocol.Console;
using Nakama.Server.Api;

namespace Nakama.Server.Accounts;

/// <summary>An account that is being exported; it refuses more than an answer can hold.</summary>
public sealed class AccountExportWriter
{
    private long _size;

    public AccountExport Export { get; } = new();

    /// <summary>Adds a row to one of the lists of the export.</summary>
    /// <exception cref="Errors.ApiException">The account is too large.</exception>
    public void Add<T>(ICollection<T> list, T row)
        where T : IMessage
    {
        _size += row.CalculateSize();
        if (_size > ApiAnswers.MaxBytes) throw AccountErrors.ExportTooLarge;
        list.Add(row);
    }
}
