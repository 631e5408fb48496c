global using SessionOptions = Nakama.Server.Security.SessionOptions;
