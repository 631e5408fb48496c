using Nakama.Server.Hosting;
using TicTacToe;

return await NakamaServer.RunAsync(args, static server => server.WithGameLogic<TicTacToeGame>());
