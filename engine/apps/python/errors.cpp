#include "bindings.hpp"
#include <chainsim/base/nearest.hpp>

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <cxxabi.h>
#include <exception>
#include <future>
#include <typeinfo>

namespace chainsim::python {

namespace {

/// A class of `chainsim.errors`.
py::object error_class(const char* name) {
    return py::module_::import("chainsim.errors").attr(name);
}

/// Makes an exception of that class the one that Python sees.
template <class... Arguments>
void raise(const char* name, const Error& error, Arguments&&... arguments) {
    const auto type = error_class(name);
    const auto value = type(error.what(), std::forward<Arguments>(arguments)...);
    PyErr_SetObject(type.ptr(), value.ptr());
}

py::list diagnostics_of(const InputError& error) {
    const auto diagnostic = error_class("Diagnostic");
    py::list out;
    for (const auto& one : error.diagnostics()) {
        out.append(diagnostic(one.where.file, one.where.line, one.where.column, one.field,
                              one.message, one.help, to_string(one)));
    }
    return out;
}

/// The name of a class without its namespaces: "NoSolution".
std::string class_name(const Error& error) {
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> text(
        abi::__cxa_demangle(typeid(error).name(), nullptr, nullptr, &status), &std::free);
    const std::string name = status == 0 ? text.get() : "Error";
    const auto colon = name.rfind(':');
    return colon == std::string::npos ? name : name.substr(colon + 1);
}

/// The class of the same name; what has none is an Error.
void translate(std::exception_ptr pointer) { // NOLINT(performance-*): as pybind11 has it
    try {
        if (pointer) {
            std::rethrow_exception(pointer);
        }
    } catch (const InputError& error) {
        raise("InputError", error, diagnostics_of(error));
    } catch (const Error& error) {
        const auto name = class_name(error);
        const bool is_known = py::hasattr(py::module_::import("chainsim.errors"), name.c_str());
        raise(is_known ? name.c_str() : "Error", error);
    }
}

} // namespace

InputError refused(const std::string& message, const std::string& help) {
    return InputError({Diagnostic{{}, {}, message, help, {}, {}}});
}

InputError unknown_id(std::string_view kind, const std::string& id,
                      const std::vector<std::string>& known) {
    const auto near = nearest(id, known);
    return refused(fmt::format("unknown {} '{}'", kind, id),
                   near.empty() ? std::string{} : fmt::format("did you mean '{}'?", near));
}

void check_range(std::string_view name, double value, double low, double high) {
    const bool is_within = value >= low && value <= high; // not so for what is no number
    if (!is_within) {
        throw refused(fmt::format("`{}` is {:g}", name, value),
                      fmt::format("it goes from {:g} to {:g}", low, high));
    }
}

table::Language language_named(const std::string& text) {
    const auto language = table::to_language(text);
    if (!language) {
        throw refused(fmt::format("unknown language '{}'", text), "languages are 'zh' and 'en'");
    }
    return *language;
}

void do_watched(const std::function<void()>& work, std::atomic<bool>& stop) {
    constexpr auto look = std::chrono::milliseconds(50);
    std::optional<py::error_already_set> interruption;
    std::exception_ptr failure;
    {
        const py::gil_scoped_release without_lock;
        auto end = std::async(std::launch::async, work);
        while (end.wait_for(look) != std::future_status::ready) {
            const py::gil_scoped_acquire lock;
            if (!interruption && PyErr_CheckSignals() != 0) {
                interruption.emplace();
                stop.store(true);
            }
        }
        try {
            end.get();
        } catch (...) {
            failure = std::current_exception();
        }
    }
    if (interruption) {
        throw py::error_already_set(*interruption);
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

void bind_errors(py::module_& module) {
    (void)error_class("Error"); // the package is there before anything can be thrown
    (void)module;
    py::register_exception_translator(translate);
}

} // namespace chainsim::python
