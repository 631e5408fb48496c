using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi.History;
using Nakama.Server.Errors;
using Nakama.Server.Storage;
using Npgsql;

namespace Nakama.Server.ConsoleApi.StorageImport;

/// <summary>
/// <c>/v2/console/storage/import</c>: a form whose first file holds storage objects. The name of the form's field decides about
/// the format. The upload is kept in a temporary file, so that a slow client holds no transaction.
/// </summary>
internal sealed class StorageImportEndpoint(
    ConsoleCredentialCheck credentials, IClientOrigins origins, StorageImportStore store, HistoryRecorders history, ConsoleAudit audit, ConsoleOptions options,
    ILogger<StorageImportEndpoint> log)
    : IHttpEndpoint, IDisposable
{
    /// <summary>The maximum number of imports at a time, each of which keeps a file and a transaction; others wait.</summary>
    private const int ImportsAtOnce = 2;

    private const int MaxBoundaryLength = 128;

    private static readonly ConsoleRule Rule = ConsoleRule.Write(AclResources.StorageDataImport);

    private readonly SemaphoreSlim _turns = new(ImportsAtOnce);

    public ApiAudience Audience => ApiAudience.Operators;

    public string Path => "/v2/console/storage/import";

    public string? Verb => null;

    public void Dispose() => _turns.Dispose();

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var isTooLarge = LimitBody(context);
            var caller = Authorize(context);
            if (isTooLarge) throw StorageImportErrors.Form;
            var (name, count) = await InTurnAsync(context.Request, caller, context.RequestAborted);
            await audit.WriteAsync(
                caller, AuditLogAction.Import, AclResources.StorageDataImport, "storage objects imported",
                JsonSerializer.Serialize(new { file = name, objects = count }), CancellationToken.None);
            await AnswerAsync(context.Response, StatusCodes.Status200OK, "");
        }
        catch (RefusedException e)
        {
            await AnswerAsync(context.Response, StatusCodes.Status401Unauthorized, e.Message);
        }
        catch (ApiException e)
        {
            await AnswerAsync(context.Response, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (Exception e) when (e is NpgsqlException or UploadedFileException or BadHttpRequestException or InvalidDataException or IOException && !context.RequestAborted.IsCancellationRequested)
        {
            StorageImportLog.Failed(log, e);
            var isOfServer = e is NpgsqlException or UploadedFileException;
            await AnswerAsync(context.Response, StatusCodes.Status400BadRequest, (isOfServer ? StorageImportErrors.Failed : StorageImportErrors.Form).Message);
        }
    }

    /// <summary>
    /// Sets the maximum size of the body, and tells whether its declared length exceeds it. Such a body has no limit, because
    /// nothing here reads it: the web server discards it for a few seconds at most, so that a client that sends all before it
    /// reads gets the answer instead of a reset connection.
    /// </summary>
    private bool LimitBody(HttpContext context)
    {
        var isTooLarge = context.Request.ContentLength > options.ImportMaxBytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = isTooLarge ? null : options.ImportMaxBytes;
        return isTooLarge;
    }

    /// <summary>All refusals are 401 here, whatever their reason.</summary>
    private ConsoleOperator Authorize(HttpContext context)
    {
        try
        {
            var caller = credentials.Find(context.Request.Headers.Authorization, origins.OriginOf(context));
            return Rule.Permits(caller.Acl) ? caller : throw ConsoleErrors.NotPermitted;
        }
        catch (ApiException e) when (e.Message == ConsoleErrors.AuthenticationRequired.Message)
        {
            throw new RefusedException(e.Message);
        }
        catch (ApiException e)
        {
            throw new RefusedException($"rpc error: code = {e.Status} desc = {e.Message}");
        }
    }

    private async ValueTask<(string Name, long Count)> InTurnAsync(HttpRequest request, ConsoleOperator caller, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await ImportAsync(request, caller, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async ValueTask<(string Name, long Count)> ImportAsync(HttpRequest request, ConsoleOperator caller, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= MaxBoundaryLength } boundary)
        {
            throw StorageImportErrors.Form;
        }

        var form = new MultipartReader(boundary, request.Body);
        while (await form.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition || !disposition.IsFileDisposition()) continue;
            await using var file = await UploadedFile.KeepAsync(section.Body, System.IO.Path.GetTempPath(), cancellationToken);
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            return (name, await ImportAsync(file, name, caller, cancellationToken));
        }

        throw StorageImportErrors.NoFile;
    }

    private async ValueTask<long> ImportAsync(FileStream file, string name, ConsoleOperator caller, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ImportAsync(
                token =>
                {
                    file.Position = 0;
                    return StorageImportFile.ReadAsync(file, name, token);
                },
                () => history.ForImport(caller),
                cancellationToken);
        }
        catch (IOException e)
        {
            throw new UploadedFileException(e);
        }
    }

    private static Task AnswerAsync(HttpResponse response, int status, string text)
    {
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (text.Length == 0) return Task.CompletedTask;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(text);
    }

    private sealed class RefusedException(string message) : Exception(message);
}
