// SPDX-License-Identifier: MIT
using AudioMesh.Bindings.Clang;

namespace AudioMesh.Bindings.Model;

/// <summary>
/// Where the headers of a library lie for one target, and the clang arguments that show them. For a foreign target only the
/// library's own headers are shown, through links in a directory of their own: this machine's system headers would lie.
/// </summary>
internal sealed class HeaderSet : IDisposable
{
    private readonly string? _links;

    private HeaderSet(string? target, string? links, IReadOnlyList<string> arguments) =>
        (Target, _links, Arguments) = (target, links, arguments);

    /// <summary>The target triple; null is this machine.</summary>
    public string? Target { get; }

    /// <summary>Arguments that clang and libclang both take.</summary>
    public IReadOnlyList<string> Arguments { get; }

    public static HeaderSet For(AllowList allowList, string bindingsDirectory, string? target)
    {
        string root = FindRoot(allowList, bindingsDirectory);
        List<string> arguments = ["-std=gnu11", .. allowList.ClangArguments];
        if (ClangLocator.ResourceDirectory() is string resources)
        {
            arguments.AddRange(["-resource-dir", resources]);
        }

        if (target is null)
        {
            arguments.AddRange(["-isystem", root]);
            return new HeaderSet(null, null, arguments);
        }

        string links = Directory.CreateTempSubdirectory("audiomesh-bindings-").FullName;
        Link(allowList, root, links);
        arguments.AddRange(["-target", target, "-nostdlibinc", "-ffreestanding", "-isystem", links,
            "-isystem", Path.Combine(bindingsDirectory, "headers", "system")]);
        return new HeaderSet(target, links, arguments);
    }

    public void Dispose()
    {
        if (_links is not null)
        {
            Directory.Delete(_links, recursive: true);
        }
    }

    /// <summary>The first include root that holds the library's headers.</summary>
    public static string FindRoot(AllowList allowList, string bindingsDirectory) =>
        TryFindRoot(allowList, bindingsDirectory) ?? throw new BindingsException(NotFound(allowList));

    public static string? TryFindRoot(AllowList allowList, string bindingsDirectory) => allowList.IncludeRoots
        .Select(directory => Path.GetFullPath(directory, bindingsDirectory))
        .FirstOrDefault(directory => allowList.Headers.All(header => File.Exists(Path.Combine(directory, header))));

    public static string NotFound(AllowList allowList) =>
        $"{allowList.Name}: {string.Join(", ", allowList.Headers)} not found in {string.Join(", ", allowList.IncludeRoots)}";

    private static void Link(AllowList allowList, string root, string links)
    {
        foreach (string first in allowList.Headers.Select(header => header.Split('/')[0]).Distinct())
        {
            string target = Path.Combine(root, first);
            string link = Path.Combine(links, first);
            _ = Directory.Exists(target) ? Directory.CreateSymbolicLink(link, target) : File.CreateSymbolicLink(link, target);
        }
    }
}
