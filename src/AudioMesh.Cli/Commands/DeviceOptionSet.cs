// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Runs;

namespace AudioMesh.Cli.Commands;

/// <summary>The options by which a command chooses its device.</summary>
internal sealed class DeviceOptionSet
{
    private readonly Option<string> _backend = OptionOf.Choice(
        "--backend", "The driver.", "auto", "jack", "alsa", "coreaudio", "null", "wav");

    private readonly Option<string> _device = new("--device")
    {
        Description = "The device, as 'audiomesh devices' names it; for wav the file.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<int> _rate = OptionOf.Whole("--rate", "Frames per second at the device.", "HZ", 8000, 384000);
    private readonly Option<int> _period = OptionOf.Whole("--period", "Frames per device callback.", "FRAMES", 16, 8192);
    private readonly Option<int> _channels = OptionOf.Whole("--channels", "Channels of the device.", "N", 1, 256);
    private readonly Option<string>? _host;

    private readonly Option<bool> _noAutoconnect = new("--no-autoconnect")
    {
        Description = "JACK: leave the ports unconnected.",
    };

    private readonly Option<string>? _output;

    public DeviceOptionSet(Command command, bool canWriteFile, bool choosesHost = true)
    {
        if (canWriteFile)
        {
            _output = new Option<string>("--output", "-o")
            {
                Description = "Write this WAV file instead of playing: short for --backend wav --device FILE.",
                HelpName = "FILE",
                DefaultValueFactory = _ => "",
            };
            command.Add(_output);
        }

        foreach (Option option in (Option[])[_backend, _device, _rate, _period, _channels, _noAutoconnect])
        {
            command.Add(option);
        }

        if (choosesHost)
        {
            command.Add(_host = CommonOptions.Host());
        }
    }

    /// <summary>Throws InvalidArgument when the options contradict each other.</summary>
    public DeviceWish Read(ParseResult parsed)
    {
        string backend = parsed.GetValue(_backend)!;
        string device = parsed.GetValue(_device)!;
        if (_output is not null && parsed.GetValue(_output) is { Length: > 0 } file)
        {
            if (backend is not ("auto" or "wav") || device.Length > 0)
            {
                throw new AudioMeshException(
                    AudioErrorKind.InvalidArgument,
                    $"--output {file} writes a file: it goes with neither --backend {backend} nor --device.");
            }

            (backend, device) = ("wav", file);
        }

        if (backend == "wav")
        {
            device = device.Length > 0
                ? Path.GetFullPath(device)
                : throw new AudioMeshException(AudioErrorKind.InvalidArgument, "--backend wav needs the file to write: --device FILE.");
        }

        return new DeviceWish
        {
            Backend = backend,
            Device = device,
            Rate = parsed.GetValue(_rate),
            PeriodFrames = parsed.GetValue(_period),
            Channels = parsed.GetValue(_channels),
            Host = CommonOptions.HostingOf(_host is null ? "" : parsed.GetValue(_host)!),
            AutoConnect = !parsed.GetValue(_noAutoconnect),
        };
    }
}
