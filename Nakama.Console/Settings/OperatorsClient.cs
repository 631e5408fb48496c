using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Settings;

/// <summary>The operators' accounts, their permission templates and their audit log.</summary>
public sealed class OperatorsClient(NodeClient node)
{
    public Task<UserList> ListAsync(CancellationToken cancellationToken) => node.GetAsync<UserList>(NodePath.Of("/user"), cancellationToken);

    /// <summary>Creates an operator; the answer has the code with which the operator sets a password.</summary>
    public Task<AddUserResponse> AddAsync(AddUserRequest request, CancellationToken cancellationToken) =>
        node.PostAsync<AddUserResponse>(NodePath.Of("/user"), request, cancellationToken);

    public Task<User> UpdateAsync(UpdateUserRequest request, CancellationToken cancellationToken) =>
        node.PutAsync<User>(NodePath.Of("/user", request.Username), request, cancellationToken);

    public Task DeleteAsync(string username, CancellationToken cancellationToken) =>
        node.DeleteAsync(NodePath.Of("/user").With(("username", username)), cancellationToken);

    /// <summary>Ends the password of an operator; the answer has the code with which a new one is set.</summary>
    public Task<ResetUserResponse> ResetPasswordAsync(string username, CancellationToken cancellationToken) =>
        node.PostAsync<ResetUserResponse>(NodePath.Of("/user", username, "reset", "password"), null, cancellationToken);

    public Task RequireMfaAsync(string username, bool isRequired, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of("/user", username, "mfa", "require"), new RequireUserMfaRequest { Required = isRequired }, cancellationToken);

    public Task ResetMfaAsync(string username, CancellationToken cancellationToken) =>
        node.PostAsync(NodePath.Of("/user", username, "mfa", "reset"), null, cancellationToken);

    public Task<AclTemplateList> ListTemplatesAsync(CancellationToken cancellationToken) =>
        node.GetAsync<AclTemplateList>(NodePath.Of("/acl/template"), cancellationToken);

    public Task<AclTemplate> AddTemplateAsync(AddAclTemplateRequest request, CancellationToken cancellationToken) =>
        node.PostAsync<AclTemplate>(NodePath.Of("/acl/template"), request, cancellationToken);

    public Task<AclTemplate> UpdateTemplateAsync(UpdateAclTemplateRequest request, CancellationToken cancellationToken) =>
        node.PutAsync<AclTemplate>(NodePath.Of("/acl/template", request.Id), request, cancellationToken);

    public Task DeleteTemplateAsync(string id, CancellationToken cancellationToken) =>
        node.DeleteAsync(NodePath.Of("/acl/template", id), cancellationToken);

    public Task<AuditLogList> ListAuditAsync(AuditFilter filter, string cursor, CancellationToken cancellationToken) =>
        node.GetAsync<AuditLogList>(
            NodePath.Of("/audit/log").With(
                ("limit", AuditFilter.PageSize), ("username", filter.Username), ("resource", filter.Resource), ("action", filter.Action),
                ("after", filter.After), ("before", filter.Before), ("cursor", cursor)),
            cancellationToken);
}

/// <summary>What the audit log is searched for; empty for everything.</summary>
public sealed record AuditFilter(string? Username, int? Resource, string? Action, string? After, string? Before)
{
    public const int PageSize = 50;
}
