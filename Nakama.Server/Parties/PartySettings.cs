namespace Nakama.Server.Parties;

/// <summary>What a leader decides about a party.</summary>
/// <param name="IsOpen">Whether anyone may come in without asking.</param>
/// <param name="IsHidden">Whether it stays out of the public list.</param>
/// <param name="Label">What the list can be searched by: the text of a JSON object.</param>
public sealed record PartySettings(bool IsOpen, bool IsHidden, string Label);
