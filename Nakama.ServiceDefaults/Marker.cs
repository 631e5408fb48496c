namespace Nakama.ServiceDefaults; internal static class Marker;
