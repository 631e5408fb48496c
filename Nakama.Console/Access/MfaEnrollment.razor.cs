using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Access;

/// <summary>
/// Sets up the second login step for an operator that requires one: shows the key, checks a code, shows recovery codes.
/// </summary>
public sealed partial class MfaEnrollment(NodeClient node)
{
    private string? _notice;
    private string? _token;
    private string? _secret;
    private string? _url;
    private IReadOnlyList<string>? _recoveryCodes;

    [CascadingParameter]
    public HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "mfa")]
    public string? Code { get; set; }

    protected override void OnInitialized()
    {
        _token = SealedCookie.MfaEnrollment.Read(Context);
        if (_token?.Split('.') is not [_, var payload, _]) return;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            _secret = claims.RootElement.GetProperty("secret").GetString();
            var url = claims.RootElement.GetProperty("mfa_url").GetString();
            _url = url?.StartsWith("otpauth://", StringComparison.Ordinal) == true ? url : null;
        }
        catch (Exception error) when (error is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            _secret = null;
        }
    }

    private async Task SubmitAsync()
    {
        try
        {
            var request = new AuthenticateMFASetupRequest { Mfa = _token ?? "", Code = Code?.Trim() ?? "" };
            var answer = await node.PostForAsync<AuthenticateMFASetupResponse>(Context, "/v2/console/authenticate/mfa", request);
            SealedCookie.MfaEnrollment.Clear(Context);
            _recoveryCodes = answer.RecoveryCodes;
        }
        catch (NodeException error)
        {
            _notice = error.Message;
        }
    }
}
