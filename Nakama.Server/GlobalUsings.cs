global using Nakama.Server.Config;
global using SessionOptions = Nakama.Server.Config.SessionOptions;
