// SPDX-License-Identifier: MIT

const string DaemonProject = "src/AudioMesh.Audiomixerd/AudioMesh.Audiomixerd.csproj";

/// Publishes audiomixerd into artifacts/daemon/&lt;rid&gt;/, compiled ahead of time. Without a C compiler there is nothing to link it with: `audiomesh daemon` is the same in a runtime.
void BuildDaemon()
{
    if (!HasCompiler())
    {
        Console.WriteLine("  No C compiler: audiomixerd is not built, and 'audiomesh daemon' runs in the tool's own runtime.");
        return;
    }
    Step("building the daemon", "dotnet", "publish", DaemonProject, "-c", "Release", "-v", "q", "-nologo", "-r", EngineRid());
}

/// Copies the daemon, its units and its pages to where a system keeps them; DESTDIR goes before all, as packagers know it.
void InstallDaemon()
{
    BuildDaemon();
    string root = Environment.GetEnvironmentVariable("DESTDIR") ?? "";
    string mode(string path) => path.EndsWith("/audiomixerd") ? "755" : "644";
    foreach (var (from, to) in new[]
    {
        ($"artifacts/daemon/{EngineRid()}/audiomixerd", "/usr/local/bin/audiomixerd"),
        ("packaging/audiomixerd.service", "/usr/local/lib/systemd/system/audiomixerd.service"),
        ("packaging/audiomixerd.socket", "/usr/local/lib/systemd/system/audiomixerd.socket"),
        ("packaging/audiomixerd.sysusers", "/usr/local/lib/sysusers.d/audiomixerd.conf"),
        ("packaging/audiomixerd.toml", "/usr/local/share/doc/audiomixerd/audiomixerd.toml"),
        ("docs/man/audiomixerd.1", "/usr/local/share/man/man1/audiomixerd.1"),
        ("docs/man/audiomesh.1", "/usr/local/share/man/man1/audiomesh.1"),
    })
    {
        RunHere("install", "-D", "-m", mode(to), from, root + to);
        Console.WriteLine($"  {root}{to}");
    }
}
