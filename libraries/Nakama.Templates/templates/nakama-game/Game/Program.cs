using MyGame;
using Nakama.Server.Hosting;

return await NakamaServer.RunAsync(args, server => server.WithGameLogic<GameModule>());
