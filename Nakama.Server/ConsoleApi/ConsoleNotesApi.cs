using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Security;
using Npgsql;

namespace Nakama.Server.ConsoleApi;

/// <summary>The notes of operators on accounts.</summary>
internal sealed class ConsoleNotesApi(AccountNoteStore notes) : IConsoleFeature
{
    private const int DefaultPageSize = 10;
    private const int MaxPageSize = 100;
    private const string Kind = "notes";

    private static ApiException NotSaved => new(StatusCode.Internal, "An error occurred while trying to add or update user note.");

    private static ApiException NotDeleted => new(StatusCode.Internal, "An error occurred while trying to delete the user note.");

    private static ApiException Cursor => new(StatusCode.Internal, "An error occurred while trying to decode user notes list request cursor.");

    private static ApiException OtherAccount => new(StatusCode.InvalidArgument, "Cursor user identifier mismatch.");

    private static ApiException NoText => new(StatusCode.InvalidArgument, "Note cannot be empty.");

    private static ApiException NoOperator => new(StatusCode.FailedPrecondition, "Console user identifier not found in request context.");

    public void Map(ApiMap api)
    {
        api.Map<AddAccountNoteRequest, AccountNote>("AddAccountNote", SaveAsync, new("Writing a note", static () => NotSaved));
        api.Map<ListAccountNotesRequest, ListAccountNotesResponse>("ListAccountNotes", ListAsync);
        api.Map<DeleteAccountNoteRequest, Empty>("DeleteAccountNote", DeleteAsync, new("Deleting a note", static () => NotDeleted));
    }

    private async ValueTask<AccountNote> SaveAsync(ApiCall call, AddAccountNoteRequest request, CancellationToken cancellationToken)
    {
        var userId = ConsoleAccountsApi.Id(request.AccountId);
        if (request.Note.Length == 0) throw NoText;
        if (((ConsoleOperator)call.Operator!).Id is not { } operatorId) throw NoOperator;
        var id = request.Id.Length == 0 ? Guid.NewGuid() : UuidText.TryParse(request.Id, out var given) ? given : throw NotSaved;
        try
        {
            // The audit log names the note.
            request.Id = id.ToString();
            var note = await notes.SaveAsync(id, userId, request.Note, operatorId, cancellationToken);
            // As in the reference server: the account of the request, and no id for the configured administrator.
            note.UserId = userId.ToString();
            if (operatorId == Guid.Empty) note.UpdateId = "";
            return note;
        }
        catch (PostgresException e) when (DatabaseErrors.IsAccountGone(e))
        {
            throw NotSaved;
        }
    }

    private async ValueTask<ListAccountNotesResponse> ListAsync(ApiCall call, ListAccountNotesRequest request, CancellationToken cancellationToken)
    {
        var userId = ConsoleAccountsApi.Id(request.AccountId);
        var limit = request.Limit is < 1 or > MaxPageSize ? DefaultPageSize : request.Limit;
        var from = request.Cursor.Length == 0 ? NotePosition.Start : ReadCursor(request.Cursor, userId);
        var found = await notes.ListAsync(userId, from, limit + 1, cancellationToken);
        var page = new ListAccountNotesResponse { Notes = { found.Take(limit).Select(static note => note.Note) } };
        if (found.Count > limit)
        {
            var last = found[limit - 1].Position;
            page.Cursor = ConsoleCursor.Write(Kind, userId.ToString(), last.CreatedAt.Ticks.ToString(CultureInfo.InvariantCulture), last.Id.ToString());
        }

        return page;
    }

    private static NotePosition ReadCursor(string text, Guid userId)
    {
        if (ConsoleCursor.Read(text, Kind, 3) is not [var user, var ticks, var note]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time) || time > DateTime.MaxValue.Ticks
            || !UuidText.TryParse(note, out var id))
        {
            throw Cursor;
        }

        return user == userId.ToString() ? new NotePosition(new DateTime(time, DateTimeKind.Utc), id) : throw OtherAccount;
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, DeleteAccountNoteRequest request, CancellationToken cancellationToken)
    {
        await notes.DeleteAsync(UuidText.TryParse(request.NoteId, out var id) ? id : throw NotDeleted, cancellationToken);
        return new Empty();
    }
}
