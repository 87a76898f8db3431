// SPDX-License-Identifier: MIT
namespace AudioMesh.Bindings.Tests;

public sealed class GeneratorTests
{
    private const string NoFunctions = "\"functions\": {}";

    private Scratch _scratch = null!;

    [SetUp]
    public void MakeScratch() => _scratch = new Scratch();

    [TearDown]
    public void RemoveScratch() => _scratch.Dispose();

    [Test]
    public void A_header_with_an_error_fails_and_is_named()
    {
        BindingsException e = Fails("#include <no_such_file.h>\nuint32_t f(void);\n", """ "functions": { "lib": ["f"] } """);
        Assert.That(e.Message, Does.Contain("scratch.h").And.Contains("no_such_file.h"));
    }

    [Test]
    public void A_header_with_a_warning_fails_too()
    {
        BindingsException e = Fails("#warning look here\nint f(void);\n", """ "functions": { "lib": ["f"] } """);
        Assert.That(e.Message, Does.Contain("look here"));
    }

    [TestCase(""" "functions": { "lib": ["no_such_thing"] } """)]
    [TestCase(""" "functions": {}, "structs": ["no_such_thing"] """)]
    [TestCase(""" "functions": {}, "enums": ["no_such_thing"] """)]
    [TestCase(""" "functions": {}, "constants": ["no_such_thing"] """)]
    [TestCase(""" "functions": { "lib": ["f"] }, "variables": { "lib": ["no_such_thing"] } """)]
    [TestCase(""" "functions": { "lib": ["f"] }, "realtime": ["no_such_thing"] """)]
    [TestCase(""" "functions": { "lib": ["f"] }, "optional": ["no_such_thing"] """)]
    [TestCase(""" "functions": { "lib": ["f"] }, "variadic": { "no_such_thing": [] } """)]
    public void An_unknown_name_fails_and_is_named(string keys) =>
        Assert.That(Fails("int f(void);\n", keys).Message, Does.Contain("no_such_thing"));

    [Test]
    public void An_unknown_key_of_an_allow_list_fails_and_is_named() =>
        Assert.That(Fails("", NoFunctions + """, "functoins": {} """).Message, Does.Contain("functoins"));

    [Test]
    public void A_name_listed_twice_fails_and_is_named() =>
        Assert.That(Fails("int f(void);\n", """ "functions": { "a": ["f"], "b": ["f"] } """).Message, Does.Contain("'f'"));

    [Test]
    public void An_enum_or_struct_that_is_used_but_not_listed_is_named_with_its_user()
    {
        const string keys = """ "functions": { "lib": ["user"] } """;
        Assert.That(Fails("enum e { A }; int user(enum e);\n", keys).Message, Does.Contain("user").And.Contains("enum e"));
        Assert.That(Fails("struct s { int x; }; struct s user(void);\n", keys).Message, Does.Contain("user").And.Contains("struct s"));
    }

    [Test]
    public void A_variadic_function_must_be_listed_as_such() =>
        Assert.That(Fails("int f(int a, ...);\n", """ "functions": { "lib": ["f"] } """).Message, Does.Contain("variadic"));

    [TestCase("x86_64-linux-gnu", "unsigned long", "ulong")]
    [TestCase("x86_64-linux-gnu", "unsigned long long", "ulong")]
    [TestCase("arm64-apple-macos11", "unsigned long long", "ulong")]
    [TestCase("x86_64-windows-msvc", "unsigned long", "uint")]
    [TestCase("x86_64-linux-gnu", "signed char", "sbyte")]
    [TestCase("x86_64-linux-gnu", "char", "byte")]
    [TestCase("aarch64-linux-gnu", "char", "byte")]
    [TestCase("x86_64-linux-gnu", "_Bool", "byte")]
    [TestCase("x86_64-linux-gnu", "const char *const *", "byte**")]
    [TestCase("x86_64-linux-gnu", "struct never_defined *", "never_defined*")]
    public void Types_are_bound_by_size_and_sign(string target, string c, string csharp)
    {
        string text = _scratch.Generate(
            $"struct never_defined;\nvoid f({c} a);\n", $$""" "targets": ["{{target}}"], "functions": { "lib": ["f"] } """);
        Assert.That(text, Does.Contain($"delegate* unmanaged[Cdecl]<{csharp}, void> f;"));
    }

    [Test]
    public void A_struct_that_differs_between_targets_must_be_listed_and_loses_its_tail()
    {
        const string header = "typedef struct { int head; long tail; } varying;\n";
        const string keys = """ "targets": ["x86_64-linux-gnu", "x86_64-windows-msvc"], "functions": {}, "structs": ["varying"] """;
        Assert.That(Fails(header, keys).Message, Does.Contain("varying").And.Contains("x86_64-windows-msvc"));
        string text = _scratch.Generate(header, keys + """, "varyingStructs": ["varying"] """);
        Assert.That(text, Does.Contain("Size = 16").And.Contains("int head;").And.Not.Contains("tail;"));
    }

    [Test]
    public void A_function_that_differs_between_targets_fails_and_is_named()
    {
        const string keys = """ "targets": ["x86_64-linux-gnu", "x86_64-windows-msvc"], "functions": { "lib": ["f"] } """;
        Assert.That(Fails("long f(void);\n", keys).Message, Does.Contain("int f()").And.Contains("long f()"));
    }

    [Test]
    public void Unions_get_offsets_and_packed_structs_their_packing()
    {
        const string header = """
            typedef union { float f; unsigned u; } both;
            typedef struct __attribute__((packed)) { char c; double d; } tight;
            """;
        string text = _scratch.Generate(header, NoFunctions + """, "structs": ["both", "tight"] """);
        Assert.That(text, Does.Contain("[StructLayout(LayoutKind.Explicit, Size = 4)]"));
        Assert.That(text, Does.Contain("[StructLayout(LayoutKind.Sequential, Pack = 1)]"));
    }

    [Test]
    public void Constants_keep_value_and_type()
    {
        const string header = """
            #define BIG 0xffffffffu
            #define SMALL (-5)
            #define TEXT "some text"
            enum { MEMBER = 7 };
            """;
        string text = _scratch.Generate(header, NoFunctions + """, "constants": ["BIG", "SMALL", "TEXT", "MEMBER"] """);
        Assert.That(text, Does.Contain("const uint BIG = 4294967295;"));
        Assert.That(text, Does.Contain("const int SMALL = -5;"));
        Assert.That(text, Does.Contain("TEXT => \"some text\"u8;"));
        Assert.That(text, Does.Contain("const int MEMBER = 7;"));
    }

    [Test]
    public void Only_realtime_functions_stay_in_cooperative_mode()
    {
        string text = _scratch.Generate("int f(void); int g(void);\n", """ "functions": { "lib": ["f", "g"] }, "realtime": ["f"] """);
        Assert.That(text, Does.Contain("delegate* unmanaged[Cdecl, SuppressGCTransition]<int> f;"));
        Assert.That(text, Does.Contain("delegate* unmanaged[Cdecl]<int> g;"));
    }

    private BindingsException Fails(string header, string keys) =>
        Assert.Throws<BindingsException>(() => _scratch.Generate(header, keys))!;
}
