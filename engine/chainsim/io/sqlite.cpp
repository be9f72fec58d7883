#include <chainsim/base/error.hpp>
#include <chainsim/io/sqlite.hpp>

#include <fmt/format.h>
#include <sqlite3.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace chainsim::io {

namespace {

struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct CloseStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, CloseStatement>;

/// A name in an SQL text.
std::string quoted(const std::string& name) {
    std::string result = "\"";
    for (const char character : name) {
        result.append(character == '"' ? 2 : 1, character);
    }
    return result + '"';
}

/// An open database; every failure becomes an IoError with the path.
class Database {
public:
    Database(std::filesystem::path file, int flags) : file_(std::move(file)) {
        sqlite3* opened = nullptr;
        const int result = sqlite3_open_v2(file_.c_str(), &opened, flags, nullptr);
        database_.reset(opened);
        check(result);
    }

    void run(const std::string& sql) {
        check(sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr));
    }

    [[nodiscard]] Statement prepare(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &statement, nullptr));
        return Statement(statement);
    }

    /// True while there is a row.
    [[nodiscard]] bool step(const Statement& statement) const {
        const int result = sqlite3_step(statement.get());
        if (result != SQLITE_ROW && result != SQLITE_DONE) {
            check(result);
        }
        return result == SQLITE_ROW;
    }

    void check(int result) const {
        if (result != SQLITE_OK) {
            throw IoError(
                fmt::format("cannot use '{}': {}", file_.string(),
                            database_ ? sqlite3_errmsg(database_.get()) : sqlite3_errstr(result)));
        }
    }

private:
    std::filesystem::path file_;
    std::unique_ptr<sqlite3, CloseDatabase> database_;
};

const char* declared_type(const table::Column& column) {
    switch (column.cells.index()) {
    case 0:
        return "TEXT";
    case 1:
        return "INTEGER";
    default:
        return "REAL";
    }
}

// The texts of a table stay where they are until the statement was run.
int bind_value(const Statement& statement, int place, const std::string& text) {
    return sqlite3_bind_text64(statement.get(), place, text.data(), text.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
}
int bind_value(const Statement& statement, int place, std::int64_t whole) {
    return sqlite3_bind_int64(statement.get(), place, whole);
}
int bind_value(const Statement& statement, int place, double number) {
    return std::isnan(number) ? sqlite3_bind_null(statement.get(), place)
                              : sqlite3_bind_double(statement.get(), place, number);
}

void write_table(Database& database, const table::Table& table) {
    std::string names;
    std::string places;
    for (const auto& column : table.columns()) {
        const char* separator = names.empty() ? "" : ", ";
        names += fmt::format("{}{} {}", separator, quoted(column.name), declared_type(column));
        places += fmt::format("{}?", separator);
    }
    database.run(fmt::format("CREATE TABLE {} ({})", quoted(table.name()), names));
    const Statement insert =
        database.prepare(fmt::format("INSERT INTO {} VALUES ({})", quoted(table.name()), places));
    for (std::size_t row = 0; row < table.rows(); ++row) {
        int place = 0;
        for (const auto& column : table.columns()) {
            ++place;
            database.check(std::visit(
                [&](const auto& values) { return bind_value(insert, place, values[row]); },
                column.cells));
        }
        (void)database.step(insert);
        database.check(sqlite3_reset(insert.get()));
    }
}

table::Table units_of(std::span<const table::Table> tables) {
    table::Table units("units", {table::text_column("table_name"),
                                 table::text_column("column_name"), table::text_column("unit")});
    for (const auto& table : tables) {
        for (const auto& column : table.columns()) {
            if (!column.unit.empty()) {
                units.append({table.name(), column.name, column.unit});
            }
        }
    }
    return units;
}

table::Column column_of(const Statement& statement, int place) {
    const char* declared = sqlite3_column_decltype(statement.get(), place);
    const std::string type = declared == nullptr ? "TEXT" : declared;
    const std::string name = sqlite3_column_name(statement.get(), place);
    if (type == "INTEGER") {
        return table::whole_column(name);
    }
    return type == "REAL" ? table::number_column(name) : table::text_column(name);
}

table::Cell cell_of(const Statement& statement, int place, const table::Column& column) {
    switch (column.cells.index()) {
    case 0: {
        const auto* text = sqlite3_column_text(statement.get(), place);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement.get(), place));
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): SQLite's texts are unsigned
        return text == nullptr ? std::string{}
                               : std::string(reinterpret_cast<const char*>(text), size);
    }
    case 1:
        return static_cast<std::int64_t>(sqlite3_column_int64(statement.get(), place));
    default:
        return sqlite3_column_type(statement.get(), place) == SQLITE_NULL
                   ? table::absent
                   : sqlite3_column_double(statement.get(), place);
    }
}

} // namespace

void write_sqlite(const std::filesystem::path& file, std::span<const table::Table> tables) {
    if (std::filesystem::exists(file)) {
        throw IoError(fmt::format("cannot write '{}': it exists", file.string()));
    }
    Database database(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    // The file is new and nobody else reads it: a journal would guard nothing. The caller makes
    // the folder that holds it appear at once or not at all.
    database.run("PRAGMA journal_mode = OFF");
    database.run("PRAGMA synchronous = OFF");
    database.run("BEGIN");
    for (const auto& table : tables) {
        write_table(database, table);
    }
    if (const auto units = units_of(tables); units.rows() > 0) {
        write_table(database, units);
    }
    database.run("COMMIT");
}

table::Table read_sqlite(const std::filesystem::path& file, const std::string& name) {
    Database database(file, SQLITE_OPEN_READONLY);
    const Statement select = database.prepare(fmt::format("SELECT * FROM {}", quoted(name)));
    const int count = sqlite3_column_count(select.get());
    std::vector<table::Column> columns;
    columns.reserve(static_cast<std::size_t>(count));
    for (int place = 0; place < count; ++place) {
        columns.push_back(column_of(select, place));
    }
    table::Table result(name, std::move(columns));
    while (database.step(select)) {
        std::vector<table::Cell> row;
        row.reserve(result.columns().size());
        for (std::size_t i = 0; i < result.columns().size(); ++i) {
            row.push_back(cell_of(select, static_cast<int>(i), result.columns()[i]));
        }
        result.append(std::move(row));
    }
    return result;
}

} // namespace chainsim::io
