using Evenhand.App;

return await Commands.Root().Parse(args).InvokeAsync();
