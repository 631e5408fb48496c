using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi.Oidc;
using Npgsql;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// Named sets of rights, to choose from when an operator is created or changed. A template grants nothing by itself: granted
/// rights are checked against those of the granting operator. With OpenID Connect it grants its rights to those who have its
/// role, so that they are checked when it is written.
/// </summary>
internal sealed class ConsoleAclTemplatesApi(AclTemplateStore templates, ConsoleOptions options) : IConsoleFeature
{
    public void Map(ApiMap api)
    {
        api.Map<Empty, AclTemplateList>("ListAclTemplates", async (_, _, cancellationToken) =>
            new AclTemplateList { Templates = { await templates.ListAsync(cancellationToken) } });
        api.Map<AddAclTemplateRequest, AclTemplate>("AddAclTemplate", async (call, request, cancellationToken) =>
            await SavedAsync(templates.InsertAsync(request.Name, request.Description, Checked(call, request.Acl), cancellationToken)));
        api.Map<UpdateAclTemplateRequest, AclTemplate>("UpdateAclTemplate", UpdateAsync);
        api.Map<DeleteAclTemplateRequest, Empty>("DeleteAclTemplate", DeleteAsync);
    }

    private async ValueTask<AclTemplate> UpdateAsync(ApiCall call, UpdateAclTemplateRequest request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id)) throw ConsoleErrors.TemplateNotSaved;
        var template = await SavedAsync(templates.UpdateAsync(id, request.Name, request.Description, Checked(call, request.Acl), cancellationToken));
        // Existing clients expect this response without an id.
        template.Id = "";
        return template;
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, DeleteAclTemplateRequest request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id)) throw ConsoleErrors.TemplateNotDeleted;
        await templates.DeleteAsync(id, cancellationToken);
        return new Empty();
    }

    private ConsoleAcl Checked(ApiCall call, IEnumerable<KeyValuePair<string, Permissions>> rights)
    {
        var acl = ConsoleAcl.FromMessage(rights);
        return options.Oidc.IsOn && !((ConsoleOperator)call.Operator!).Acl.Covers(acl) ? throw OidcErrors.TemplateNotPermitted : acl;
    }

    private static async ValueTask<AclTemplate> SavedAsync(ValueTask<AclTemplate?> saving)
    {
        try
        {
            return await saving ?? throw ConsoleErrors.TemplateNotSaved;
        }
        catch (PostgresException fault) when (fault.SqlState.StartsWith("22", StringComparison.Ordinal) || fault.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            throw ConsoleErrors.TemplateNotSaved;
        }
    }
}
