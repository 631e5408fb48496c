using System.Text.Json;

namespace Nakama.Server.Purchases.Stores;

/// <summary>A store's response, as received and parsed.</summary>
internal readonly record struct StoreAnswer(string Text, JsonElement Json);
