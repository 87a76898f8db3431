// SPDX-License-Identifier: MIT
using AudioMesh.Daemon.Config;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AudioMesh.Daemon.Logs;

/// <summary>Where a daemon's words go: standard error, as lines, JSON, or lines that journald knows the level of. Any thread.</summary>
internal sealed class DaemonLogs : IDisposable
{
    private readonly ILoggerFactory _factory;
    private int _level;

    public DaemonLogs(LogConfig config)
    {
        Level = config.Level;
        _factory = LoggerFactory.Create(builder =>
        {
            builder.SetMinimumLevel(LogLevel.Trace).AddFilter((_, level) => level >= Level);
            switch (config.Format)
            {
                case "json":
                    builder.AddJsonConsole(options =>
                    {
                        options.UseUtcTimestamp = true;
                        options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                    });
                    break;
                case "systemd":
                    builder.AddSystemdConsole();
                    break;
                default:
                    builder.AddSimpleConsole(options =>
                    {
                        options.SingleLine = true;
                        options.TimestampFormat = "HH:mm:ss.fff ";
                        options.ColorBehavior = LoggerColorBehavior.Disabled;
                    });
                    break;
            }

            builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        });
        Log = _factory.CreateLogger("audiomixerd");
    }

    public ILogger Log { get; }

    /// <summary>What is less than this is not told.</summary>
    public LogLevel Level
    {
        get => (LogLevel)Volatile.Read(ref _level);
        set => Volatile.Write(ref _level, (int)value);
    }

    /// <summary>Writes what is still to be written.</summary>
    public void Dispose() => _factory.Dispose();
}
