// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Control;
using AudioMesh.Network.Session;

namespace AudioMesh.Daemon.Config;

/// <summary>Makes a configuration of the tables of a file. Paths in it are relative to the file's folder.</summary>
internal sealed class DaemonConfigReader(string path)
{
    /// <summary>Throws InvalidArgument with the line of the first thing that is wrong.</summary>
    public static DaemonConfig Read(string path, ConfigValue root)
    {
        ConfigSection all = new(path, "", root);
        DaemonConfigReader reader = new(Path.GetFullPath(path));
        DaemonConfig config = new()
        {
            Path = path,
            Socket = reader.Socket(all.Section("socket")),
            Device = Device(all.Section("device")),
            Roles = RolesReader.Read(all.Section("roles")),
            Quotas = Quotas(all.Section("quotas")),
            Files = reader.Files(all.Section("files")),
            Graph = reader.Graph(all.Section("graph")),
            Plugins = reader.Plugins(all.Section("plugins")),
            Log = Log(all.Section("log")),
            Telemetry = Telemetry(all.Section("telemetry")),
            Network = reader.Network(all.Section("network")),
        };
        all.Close();
        return config;
    }

    private static T Closed<T>(ConfigSection section, T read)
    {
        section.Close();
        return read;
    }

    private SocketConfig Socket(ConfigSection section)
    {
        SocketConfig fallback = new();
        string? group = section.Text("group");
        return AccountNames.Group(group ?? "0") is null
            ? throw section.At("group", $"There is no group '{group}'.")
            : Closed(section, fallback with
            {
                Path = Full(section.Text("path")),
                Mode = section.Parsed("mode", Mode) ?? fallback.Mode,
                Group = group,
            });
    }

    private static UnixFileMode Mode(string text)
    {
        try
        {
            int mode = text.Length is 3 or 4 ? Convert.ToInt32(text, 8) : -1;
            return mode is >= 0 and <= 0x1FF ? (UnixFileMode)mode : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"The mode '{text}' is none: three octal digits, as \"0660\".") { Allowed = "\"0000\"..\"0777\"" };
        }
    }

    private static DeviceConfig Device(ConfigSection section)
    {
        DeviceConfig fallback = new();
        return Closed(section, new DeviceConfig
        {
            Backend = section.Choice("backend", [.. DeviceConfig.Backends]) ?? fallback.Backend,
            Name = section.Text("name") ?? fallback.Name,
            Period = section.Integer("period", 16, StreamRequest.MaxPeriodFrames) ?? fallback.Period,
            Rate = section.Integer("rate", 8000, 384000) ?? fallback.Rate,
            Channels = section.Integer("channels", 0, StreamRequest.MaxChannels) ?? fallback.Channels,
            InputChannels = section.Integer("input_channels", 0, StreamRequest.MaxChannels) ?? fallback.InputChannels,
        });
    }

    private static ClientQuotas Quotas(ConfigSection section)
    {
        ClientQuotas fallback = new();
        return Closed(section, new ClientQuotas
        {
            Nodes = section.Integer("nodes", 0, 65536) ?? fallback.Nodes,
            Rings = section.Integer("rings", 0, 65536) ?? fallback.Rings,
            MemoryBytes = section.Integer("memory_mb", 0, 65536) is { } megabytes ? (long)megabytes << 20 : fallback.MemoryBytes,
            FileSinks = section.Integer("file_sinks", 0, 65536) ?? fallback.FileSinks,
            RequestsPerSecond = section.Integer("requests_per_second", 0, 1_000_000) ?? fallback.RequestsPerSecond,
            Connections = section.Integer("connections", 1, 1024) ?? fallback.Connections,
        });
    }

    private FilesConfig Files(ConfigSection section) => Closed(section, new FilesConfig
    {
        Folders = [.. section.Texts("folders").Select(Full).OfType<string>()],
    });

    private GraphConfig Graph(ConfigSection section) => Closed(section, new GraphConfig
    {
        Start = Full(section.Text("start")),
        Folder = Full(section.Text("folder")),
    });

    private PluginsConfig Plugins(ConfigSection section)
    {
        PluginsConfig plugins = Closed(section, new PluginsConfig
        {
            Ladspa = section.Texts("ladspa"),
            LadspaFolders = [.. section.Texts("ladspa_folders").Select(Full).OfType<string>()],
            LadspaNotRealtime = section.Flag("ladspa_not_realtime") ?? false,
        });
        try
        {
            plugins.Options.Validate();
            return plugins;
        }
        catch (AudioMeshException error)
        {
            throw section.At("ladspa", error.Message, error.Allowed);
        }
    }

    private static LogConfig Log(ConfigSection section)
    {
        LogConfig fallback = new();
        string? level = section.Choice("level", [.. LogConfig.Levels.Keys]);
        return Closed(section, new LogConfig
        {
            Level = level is null ? fallback.Level : LogConfig.Levels[level],
            Format = section.Choice("format", "text", "json", "systemd") ?? fallback.Format,
        });
    }

    private static TelemetryConfig Telemetry(ConfigSection section)
    {
        TelemetryConfig fallback = new();
        string? endpoint = section.Text("endpoint");
        Uri? place = null;
        if (endpoint is not null && (!Uri.TryCreate(endpoint, UriKind.Absolute, out place) || place.Scheme is not ("http" or "https")))
        {
            throw section.At("endpoint", $"'{endpoint}' is no address of a collector, as http://127.0.0.1:4318.");
        }

        return Closed(section, new TelemetryConfig
        {
            Endpoint = place,
            Protocol = section.Choice("protocol", "http", "grpc") ?? fallback.Protocol,
            IntervalSeconds = section.Integer("interval_s", 1, 3600) ?? fallback.IntervalSeconds,
        });
    }

    private NetworkConfig Network(ConfigSection section)
    {
        string? keyFile = Full(section.Text("key_file"));
        string? passphraseFile = Full(section.Text("passphrase_file"));
        string listen = section.Text("listen") ?? "";
        ToastSettings settings = new()
        {
            Name = section.Text("name") ?? Environment.MachineName,
            Session = section.Text("session") ?? "audiomesh",
            KeyFile = keyFile ?? "",
            PassphraseFile = passphraseFile ?? "",
            Listen = listen,
            Contacts = string.Join(',', section.Texts("to")),
            Group = section.Flag("discover") != true ? "" : listen.StartsWith('[') ? ToastSettings.DefaultGroupIPv6 : ToastSettings.DefaultGroup,
        };
        bool jdat = section.Flag("jdat") ?? false;
        section.Close();
        if (keyFile is not null && passphraseFile is not null)
        {
            throw section.At("passphrase_file", "A session has either a key file or a passphrase.");
        }

        bool hasKey = keyFile is not null || passphraseFile is not null;
        if (!hasKey && section.Keys.Any(key => key.Key != "jdat"))
        {
            throw section.At(section.Keys.First(key => key.Key != "jdat").Key, "A session needs its key: network.key_file or network.passphrase_file.");
        }

        return new NetworkConfig { Session = hasKey ? settings : null, Jdat = jdat };
    }

    private string? Full(string? relative) => relative is null ? null : Path.GetFullPath(relative, Path.GetDirectoryName(path)!);
}
