using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// Resets passwords and second steps of operators, so that they set new ones. Only for operators with no more rights than the
/// caller.
/// </summary>
internal sealed class ConsoleUserResetsApi(OperatorStore users, ConsoleTokens tokens) : IConsoleFeature
{
    public void Map(ApiMap api)
    {
        api.Map<Username, ResetUserResponse>("ResetUserPassword", ResetPasswordAsync);
        api.Map<RequireUserMfaRequest, Empty>("RequireUserMfa", async (call, request, cancellationToken) =>
        {
            await users.RequireMfaAsync(request.Username, request.Required, CallerOf(call).CheckTarget, cancellationToken);
            return new Empty();
        });
        api.Map<ResetUserMfaRequest, Empty>("ResetUserMfa", async (call, request, cancellationToken) =>
        {
            await users.ResetMfaAsync(request.Username, CallerOf(call).CheckTarget, cancellationToken);
            return new Empty();
        });
    }

    private async ValueTask<ResetUserResponse> ResetPasswordAsync(ApiCall call, Username request, CancellationToken cancellationToken)
    {
        var user = await users.ForgetPasswordAsync(request.Username_, CallerOf(call).CheckTarget, cancellationToken)
            ?? throw ConsoleErrors.UserToChangeNotFound;
        return new ResetUserResponse { Code = tokens.IssueReset(user, user.Email, user.UpdatedAt) };
    }

    private static ConsoleOperator CallerOf(ApiCall call) => (ConsoleOperator)call.Operator!;
}
