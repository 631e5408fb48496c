using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Npgsql;

namespace Nakama.Server.ConsoleApi;

/// <summary>Settings that all operators share.</summary>
internal sealed class ConsoleSettingsApi(SettingStore settings) : IConsoleFeature
{
    private const string Writable = "utc_toggle";

    public void Map(ApiMap api)
    {
        api.Map<ListSettingsRequest, SettingList>("ListSettings", async (_, request, cancellationToken) =>
            new SettingList { Settings = { await settings.ListAsync(request.Names, cancellationToken) } });
        api.Map<SettingRequest, Setting>("GetSetting", GetAsync);
        api.Map<UpdateSettingRequest, Setting>("UpdateSetting", UpdateAsync);
    }

    private async ValueTask<Setting> GetAsync(ApiCall call, SettingRequest request, CancellationToken cancellationToken)
    {
        if (request.Name.Length == 0) throw ConsoleErrors.SettingInvalid;
        return (await settings.ListAsync([request.Name], cancellationToken)).FirstOrDefault() ?? throw ConsoleErrors.SettingNotFound;
    }

    private async ValueTask<Setting> UpdateAsync(ApiCall call, UpdateSettingRequest request, CancellationToken cancellationToken)
    {
        if (request.Name != Writable) throw ConsoleErrors.SettingInvalid;
        try
        {
            return await settings.SaveAsync(request.Name, request.Value, cancellationToken);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InvalidTextRepresentation)
        {
            throw ConsoleErrors.SettingNotJson;
        }
    }
}
