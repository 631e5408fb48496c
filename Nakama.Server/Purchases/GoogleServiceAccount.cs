namespace Nakama.Server.Purchases;

/// <summary>An account of Google's that may ask about an app's sales.</summary>
/// <param name="ClientEmail">The account's address.</param>
/// <param name="PrivateKey">Its RSA key as PEM; line ends may be written as <c>\n</c>.</param>
public sealed record GoogleServiceAccount(string ClientEmail, string PrivateKey)
{
    internal bool IsComplete => ClientEmail.Length > 0 && PrivateKey.Length > 0;
}
