// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Plugins;

/// <summary>The LADSPA plug-ins an engine may use. A library is opened when one of its plug-ins is first asked for, and stays open. Any thread but a device's.</summary>
public sealed class LadspaHost
{
    private const string Suffix = ".so";
    private static readonly string[] UsualFolders = ["/usr/local/lib/ladspa", "/usr/lib/ladspa", "/usr/lib64/ladspa"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LadspaLibrary> _libraries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LadspaPlugin> _plugins = new(StringComparer.Ordinal);
    private LadspaOptions _options;

    /// <summary>A host of what <paramref name="options"/> allow; of nothing by default. Throws InvalidArgument for an entry that is none.</summary>
    public LadspaHost(LadspaOptions? options = null)
    {
        _options = options ?? new LadspaOptions();
        _options.Validate();
    }

    /// <summary>
    /// What is allowed. Replaced while running it counts for plug-ins that are made from then on; those there are go on. Setting it throws InvalidArgument
    /// for an entry that is none.
    /// </summary>
    public LadspaOptions Options
    {
        get => Volatile.Read(ref _options);
        set
        {
            value.Validate();
            Volatile.Write(ref _options, value);
        }
    }

    /// <summary>What is allowed, in words for errors.</summary>
    internal string AllowedText => Options.Allowed is { Count: > 0 } allowed ? string.Join(", ", allowed) : "none: this engine allows no plug-in";

    /// <summary>
    /// The plug-in <c>library:label</c>. Throws PermissionDenied where it is not allowed, NotFound where it is not installed, LibraryMissing for a library that cannot be opened,
    /// FormatUnsupported for a plug-in that cannot be hosted.
    /// </summary>
    internal LadspaPlugin Find(string id)
    {
        LadspaOptions options = Options;
        if (!options.Allowed.Contains(id))
        {
            throw Refused(AudioErrorKind.PermissionDenied, $"The LADSPA plug-in '{id}' is not allowed.", AllowedText);
        }

        LadspaPlugin plugin = Load(id, options);
        return plugin.IsRealtime || options.AllowsNotRealtime ? plugin : throw Refused(
            AudioErrorKind.PermissionDenied, $"The LADSPA plug-in '{id}' does not promise to be fit for realtime.", "plug-ins that promise it (LADSPA_PROPERTY_HARD_RT_CAPABLE)");
    }

    private LadspaPlugin Load(string id, LadspaOptions options)
    {
        lock (_lock)
        {
            string path = PathOf(id[..id.IndexOf(':')], options);
            string label = id[(id.IndexOf(':') + 1)..];
            string key = $"{path}:{label}";
            if (_plugins.TryGetValue(key, out LadspaPlugin? plugin))
            {
                return plugin;
            }

            if (!_libraries.TryGetValue(path, out LadspaLibrary? library))
            {
                _libraries[path] = library = LadspaLibrary.Open(path);
            }

            return _plugins[key] = LadspaPlugin.In(library, path, label);
        }
    }

    private static string PathOf(string library, LadspaOptions options)
    {
        string[] folders = [.. FoldersOf(options)];
        string? path = folders.Select(folder => Path.Combine(folder, library + Suffix)).FirstOrDefault(File.Exists);
        return path ?? throw Refused(AudioErrorKind.NotFound, $"There is no {library}{Suffix} in {string.Join(", ", folders)}.", null);
    }

    private static IEnumerable<string> FoldersOf(LadspaOptions options)
    {
        string[] ofEnvironment = Environment.GetEnvironmentVariable("LADSPA_PATH")?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return options.Folders.Count > 0 ? options.Folders : ofEnvironment.Length > 0 ? ofEnvironment : UsualFolders;
    }

    private static AudioMeshException Refused(AudioErrorKind kind, string message, string? allowed) =>
        new(kind, message) { Field = "args.plugin", Allowed = allowed };
}
