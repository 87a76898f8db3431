// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Latency.Storm;

namespace AudioMesh.Latency.Commands;

/// <summary>The options that make a <see cref="StormSetup"/>.</summary>
internal sealed class StormOptionSet
{
    private readonly Option<string> _backend = new("--backend") { Description = "jack, alsa or null.", DefaultValueFactory = _ => "jack" };
    private readonly Option<string> _device = new("--device") { Description = "A JACK server or an ALSA PCM.", DefaultValueFactory = _ => "" };
    private readonly Option<int> _period = new("--period") { Description = "Frames per device callback.", DefaultValueFactory = _ => 64 };
    private readonly Option<int> _seconds = new("--seconds") { Description = "How long the storm lasts.", DefaultValueFactory = _ => 60 };
    private readonly Option<string> _host = new("--host") { Description = "isolated or managed.", DefaultValueFactory = _ => "isolated" };
    private readonly Option<int> _depth = new("--depth-ms") { Description = "How much the app keeps ready.", DefaultValueFactory = _ => 250 };
    private readonly Option<int> _heap = new("--heap-mb") { Description = "The app's live heap.", DefaultValueFactory = _ => 500 };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads that allocate.", DefaultValueFactory = _ => 2 };

    public StormOptionSet(Command command)
    {
        _backend.AcceptOnlyFromAmong("jack", "alsa", "null");
        _host.AcceptOnlyFromAmong("isolated", "managed");
        foreach (Option option in (Option[])[_backend, _device, _period, _seconds, _host, _depth, _heap, _threads])
        {
            command.Add(option);
        }
    }

    public StormSetup Read(ParseResult parsed) => new()
    {
        Backend = parsed.GetValue(_backend)!,
        Device = parsed.GetValue(_device)!,
        Period = parsed.GetValue(_period),
        Seconds = parsed.GetValue(_seconds),
        Host = parsed.GetValue(_host)!,
        DepthMs = parsed.GetValue(_depth),
        HeapMb = parsed.GetValue(_heap),
        Threads = parsed.GetValue(_threads),
    };
}
