// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using AudioMesh.Backends;

namespace AudioMesh.Engine;

/// <summary>The backends an engine may use, in the order in which it prefers them.</summary>
public sealed class BackendCatalogue
{
    private readonly List<(string Driver, Func<IAudioOutputBackend> Make, bool IsAutomatic)> _entries = [];

    /// <summary>JACK, CoreAudio on macOS, ALSA on Linux, then Null; and the WAV file writer on request.</summary>
    public static BackendCatalogue CreateDefault()
    {
        BackendCatalogue catalogue = new();
        catalogue.Add("jack", () => new Backends.Jack.JackBackend(), isAutomatic: true);
        if (OperatingSystem.IsMacOS())
        {
            catalogue.Add("coreaudio", () => new Backends.CoreAudio.CoreAudioBackend(), isAutomatic: true);
        }

        if (OperatingSystem.IsLinux())
        {
            catalogue.Add("alsa", MakeAlsa, isAutomatic: true);
        }

        return catalogue
            .Add("null", () => new Backends.Null.NullBackend(), isAutomatic: true)
            .Add("wav", () => new Backends.WavFile.WavFileBackend(), isAutomatic: false);
    }

    /// <summary>The drivers' names, in order.</summary>
    public IReadOnlyList<string> Drivers => _entries.ConvertAll(entry => entry.Driver);

    /// <summary>Adds a backend; <paramref name="isAutomatic"/> says whether <see cref="CreateBest"/> may choose it.</summary>
    public BackendCatalogue Add(string driver, Func<IAudioOutputBackend> make, bool isAutomatic)
    {
        _entries.Add((driver, make, isAutomatic));
        return this;
    }

    [SupportedOSPlatform("linux")]
    private static Backends.Alsa.AlsaBackend MakeAlsa() => new();

    /// <summary>A new backend of that name. Throws NotFound.</summary>
    public IAudioOutputBackend Create(string driver)
    {
        foreach ((string name, Func<IAudioOutputBackend> make, _) in _entries)
        {
            if (name == driver)
            {
                return make();
            }
        }

        throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no driver '{driver}'.")
        {
            Field = "driver",
            Allowed = string.Join(", ", Drivers) + ", auto",
        };
    }

    /// <summary>The first backend that could open something now.</summary>
    public IAudioOutputBackend CreateBest()
    {
        foreach ((_, Func<IAudioOutputBackend> make, bool isAutomatic) in _entries)
        {
            if (!isAutomatic)
            {
                continue;
            }

            IAudioOutputBackend backend = make();
            if (backend.IsAvailable(out _))
            {
                return backend;
            }

            backend.Dispose();
        }

        throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, "No backend is available.");
    }
}
