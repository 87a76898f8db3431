// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Network.Bus;

namespace AudioMesh.Network.Parameters;

/// <summary>
/// Parameters that all hosts of a mesh share, by namespace and name: declared by whoever has them, set by anybody, the last to do so wins (<see cref="BusStamp"/>). Any thread. The bus has to
/// outlive it.
/// </summary>
/// <remarks>A namespace is a subject, a name one token of <see cref="BusSubject"/>; they live in the tables <c>parameters</c> and <c>parameter-types</c>.</remarks>
public sealed class SharedParameters : IDisposable
{
    private readonly SharedParametersOptions _options;
    private readonly IBusTable _values;
    private readonly IBusTable _types;
    private readonly ParameterFile? _file;

    /// <summary>The parameters of a mesh, and those of the file. Throws FileUnreadable, FileInvalid, PermissionDenied, and what the bus throws.</summary>
    public SharedParameters(IMeshBus bus, SharedParametersOptions options)
    {
        _options = options;
        _types = bus.Table("parameter-types");
        _values = bus.Table("parameters");
        _file = options.File is null ? null : new ParameterFile(options.File, [_types, _values]);
    }

    /// <summary>Why the file could not be written last; null where it was.</summary>
    public AudioMeshException? FileFailure => _file?.Failure;

    /// <summary>All that are declared, by namespace and name.</summary>
    public IReadOnlyList<SharedParameter> All =>
        [.. _types.Entries.Select(entry => SplitKey(entry.Key)).Select(key => Find(key.Space, key.Name)).OfType<SharedParameter>()];

    /// <summary>
    /// Says what a parameter is; what it is already, it stays. Throws InvalidArgument naming the field where names, range or default make no sense.
    /// </summary>
    public SharedParameter Declare(string space, ParameterDescriptor descriptor)
    {
        CheckDescriptor(descriptor);
        string key = KeyOf(space, descriptor.Name);
        byte[] json = ParameterJson.WriteDescriptor(descriptor);
        if (!_types.TryGet(key, out BusEntry? known) || !known.Value.Span.SequenceEqual(json))
        {
            _types.Put(key, json);
        }

        return Get(space, descriptor.Name);
    }

    /// <summary>The parameter; its default where nobody set it to anything that is allowed. Throws NotFound.</summary>
    public SharedParameter Get(string space, string name) =>
        Find(space, name) ?? throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no parameter '{KeyOf(space, name)}'.") { Field = "name" };

    /// <summary>The parameter, or null.</summary>
    public SharedParameter? Find(string space, string name)
    {
        string key = KeyOf(space, name);
        ParameterDescriptor? descriptor = _types.TryGet(key, out BusEntry? type) ? ParameterJson.ReadDescriptor(name, type.Value) : null;
        return descriptor is null ? null
            : (_values.TryGet(key, out BusEntry? entry) ? ParameterJson.ReadValue(space, descriptor, entry) : null) ?? Default(space, descriptor);
    }

    /// <summary>
    /// Sets it on all hosts: at once, or from the mesh time <paramref name="at"/> on, going there in a straight line over <paramref name="rampMs"/>. Throws NotFound, and InvalidArgument naming
    /// the field: not in its range, not a number, a time that is over or too far ahead, a ramp of what is no number; InvalidState: mesh time is not known yet.
    /// </summary>
    public SharedParameter Set(string space, string name, ParameterValue value, MeshTime? at = null, int rampMs = 0)
    {
        SharedParameter before = Get(space, name);
        ParameterDescriptor descriptor = before.Descriptor;
        CheckValue(descriptor, value);
        Require(rampMs is >= 0 and <= ParameterLimits.RampMs, $"A ramp cannot take {rampMs} ms.", "ramp_ms", $"0..{ParameterLimits.RampMs}");
        Require(rampMs == 0 || descriptor.Kind is ParameterKind.Number or ParameterKind.Integer, $"{name} cannot ramp.", "ramp_ms", "0");
        MeshTime begin = at is null && rampMs == 0 ? MeshTime.Unknown : CheckTime(at);
        byte[] json = ParameterJson.WriteValue(descriptor, value, before.ValueAt(begin), begin, rampMs);
        _values.Put(KeyOf(space, name), json);
        return Get(space, name);
    }

    /// <summary>Its last values on this host, the oldest first.</summary>
    public IReadOnlyList<SharedParameter> History(string space, string name)
    {
        ParameterDescriptor descriptor = Get(space, name).Descriptor;
        return [.. _values.History(KeyOf(space, name)).Select(entry => ParameterJson.ReadValue(space, descriptor, entry)).OfType<SharedParameter>()];
    }

    /// <summary>Removes a parameter from the mesh.</summary>
    public void Remove(string space, string name)
    {
        _types.Remove(KeyOf(space, name));
        _values.Remove(KeyOf(space, name));
    }

    /// <summary>
    /// Calls <paramref name="handler"/> for what is there and for each change, until disposed, of one parameter or, without <paramref name="name"/>, of all in the namespace and below it.
    /// </summary>
    public IDisposable Watch(string space, string? name, ParameterHandler handler)
    {
        string pattern = name is null ? $"{Space(space)}.>" : KeyOf(space, name);
        void Tell(BusEntry entry)
        {
            (string at, string of) = SplitKey(entry.Key);
            if (Find(at, of) is { } parameter)
            {
                handler(parameter);
            }
        }

        IDisposable types = _types.Watch(pattern, Tell);
        try
        {
            return new Watches(types, _values.Watch(pattern, Tell));
        }
        catch
        {
            types.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Has something follow a parameter until disposed: it is set to what the parameter is, and to each change; where a ramp is under way, to what it has reached and then to the rest. <see cref="NodeSetter"/>
    /// makes one of a graph's node.
    /// </summary>
    public IDisposable Bind(string space, string name, ParameterSetter setter) => Watch(space, name, parameter =>
    {
        MeshTime now = _options.MeshClock();
        if (!parameter.At.IsKnown || !now.IsKnown || now - parameter.At >= parameter.RampMs * 1_000_000L)
        {
            setter(parameter.Value, MeshTime.Unknown, 0);
        }
        else if (now < parameter.At)
        {
            setter(parameter.From, MeshTime.Unknown, 0);
            setter(parameter.Value, parameter.At, parameter.RampMs);
        }
        else
        {
            setter(parameter.ValueAt(now), MeshTime.Unknown, 0);
            setter(parameter.Value, MeshTime.Unknown, (int)(parameter.RampMs - ((now - parameter.At) / 1_000_000)));
        }
    });

    /// <summary>Writes the file for the last time. Watches go on until they are disposed.</summary>
    public void Dispose() => _file?.Dispose();

    private static SharedParameter Default(string space, ParameterDescriptor descriptor) =>
        new(space, descriptor, descriptor.Default!.Value, descriptor.Default.Value, MeshTime.Unknown, 0, default);

    private static void CheckValue(ParameterDescriptor descriptor, ParameterValue value)
    {
        Require(ParameterJson.IsSound(value), $"{descriptor.Name} cannot be {value.Number}.", "value", descriptor.Allowed);
        int bytes = value.Text is null ? 0 : Encoding.UTF8.GetByteCount(value.Text);
        Require(bytes <= ParameterLimits.TextBytes, $"{bytes} bytes are too many for {descriptor.Name}.", "value", $"up to {ParameterLimits.TextBytes} bytes");
        descriptor.Check(value);
    }

    private static void CheckDescriptor(ParameterDescriptor descriptor)
    {
        Require(descriptor.Default is not null, $"{descriptor.Name} has no default.", "default", descriptor.Allowed);
        Require(!(descriptor.Min > descriptor.Max), $"{descriptor.Name} has no range.", "min", "up to the largest");
        Require(descriptor.Choices.Count <= ParameterLimits.Choices, $"{descriptor.Name} has {descriptor.Choices.Count} choices.", "choices", $"up to {ParameterLimits.Choices}");
        CheckValue(descriptor, descriptor.Default!.Value);
    }

    private MeshTime CheckTime(MeshTime? at)
    {
        MeshTime now = _options.MeshClock();
        if (!now.IsKnown)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidState, "Mesh time is not known yet.") { Field = "at" };
        }

        MeshTime begin = at ?? now;
        bool isNear = begin >= now.Add(-ParameterLimits.LateMs * 1_000_000L) && begin <= now.Add(ParameterLimits.AheadMs * 1_000_000L);
        Require(isNear, $"The mesh time {begin.Nanoseconds} is over, or too far ahead of {now.Nanoseconds}.", "at", $"{ParameterLimits.LateMs} ms ago to {ParameterLimits.AheadMs} ms ahead");
        return begin;
    }

    private static string KeyOf(string space, string name) => $"{Space(space)}.{BusSubject.CheckToken(name)}";

    private static string Space(string space) => BusSubject.Check(space);

    private static (string Space, string Name) SplitKey(string key)
    {
        int dot = key.LastIndexOf('.');
        return dot < 0 ? (key, key) : (key[..dot], key[(dot + 1)..]);
    }

    private static void Require(bool holds, string text, string field, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, text) { Field = field, Allowed = allowed };
        }
    }

    private sealed class Watches(IDisposable types, IDisposable values) : IDisposable
    {
        public void Dispose()
        {
            types.Dispose();
            values.Dispose();
        }
    }
}
