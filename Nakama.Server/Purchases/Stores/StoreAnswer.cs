using System.Text.Json;

namespace Nakama.Server.Purchases.Stores;

/// <summary>A store's answer, as it came and read.</summary>
internal readonly record struct StoreAnswer(string Text, JsonElement Json);
