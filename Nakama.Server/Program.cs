using Nakama.Server.Hosting;

return await NakamaProgram.RunAsync(args);
